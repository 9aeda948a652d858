package io.tidelock.replicator.outcome.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.StreamPosition;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Journal.Entry;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OperationId;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.SkipReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalMemoryTest {
    private static final ObjectKey SOURCE = new ObjectKey(new Bucket("paris", "originals"), "k");
    private static final ObjectKey REPLICA = new ObjectKey(new Bucket("frankfurt", "replicas"), "k");

    private final JournalMemory memory = new JournalMemory(JournalMemory.BITS, 2);

    private static Operation operation(String version) {
        return operation(version, null);
    }

    private static Operation operation(String version, @Nullable String eTag) {
        var occurrence = new Occurrence(SOURCE, new VersionId(version), Instant.EPOCH, null, null, "n", Cause.REQUEST);
        return new Operation(
                new OperationId(new StreamPosition("events", 0, 0), "r"),
                new ObjectCreated(occurrence, null, eTag),
                REPLICA,
                Instant.EPOCH);
    }

    private static Outcome replication(String version) {
        return new Outcome.Replicated(
                operation(version), Instant.EPOCH, 1, new VersionId(version), new VersionId("x"), 1, true, false);
    }

    private void replicated(String version) {
        memory.add(replication(version));
    }

    private void failed(String version, FailureReason reason) {
        memory.add(new Outcome.Failed(operation(version), Instant.EPOCH, 1, reason, null));
    }

    private void skipped(String version, SkipReason reason) {
        memory.add(new Outcome.Skipped(operation(version), Instant.EPOCH, 1, reason));
    }

    private static Entry of(JournalMemory memory, String version) {
        return memory.of(SOURCE, new VersionId(version), null, REPLICA);
    }

    private Entry of(String version) {
        return of(memory, version);
    }

    @Test
    void what_was_replicated_or_met_there_was_there() {
        // When
        replicated("a");
        skipped("b", SkipReason.ALREADY_REPLICATED);

        // Then
        assertThat(of("a")).isEqualTo(Entry.WAS_THERE);
        assertThat(of("b")).isEqualTo(Entry.WAS_THERE);
        assertThat(of("c")).isEqualTo(Entry.NOTHING);
    }

    @Test
    void a_failure_is_remembered_beside_what_was_there_until_it_is_there_again() {
        failed("a", FailureReason.DstPutObjectNotPermitted);
        assertThat(of("a")).isEqualTo(Entry.FAILED);
        skipped("a", SkipReason.FAILED_BEFORE);
        assertThat(of("a")).isEqualTo(Entry.FAILED);
        replicated("a");
        assertThat(of("a")).isEqualTo(Entry.WAS_THERE);
        failed("a", FailureReason.DstPutObjectNotPermitted);
        assertThat(of("a")).isEqualTo(Entry.WAS_THERE_AND_FAILED);
    }

    @Test
    void a_failure_for_want_of_rules_is_over_as_soon_as_a_rule_asks() {
        failed("a", FailureReason.SrcBucketReplicationConfigMissing);
        assertThat(of("a")).isEqualTo(Entry.NOTHING);
    }

    @Test
    void a_null_version_is_remembered_by_its_etag_and_not_at_all_without() {
        // When
        memory.add(new Outcome.Skipped(operation("null", "e1"), Instant.EPOCH, 1, SkipReason.ALREADY_REPLICATED));
        memory.add(new Outcome.Skipped(operation("null", null), Instant.EPOCH, 1, SkipReason.ALREADY_REPLICATED));

        // Then
        assertThat(memory.of(SOURCE, VersionId.NULL, "e1", REPLICA)).isEqualTo(Entry.WAS_THERE);
        assertThat(memory.of(SOURCE, VersionId.NULL, "e2", REPLICA)).isEqualTo(Entry.NOTHING);
        assertThat(memory.of(SOURCE, VersionId.NULL, null, REPLICA)).isEqualTo(Entry.NOTHING);
    }

    @Test
    void a_report_of_a_removed_replica_says_that_it_was_there() {
        failed("a", FailureReason.DstObjectHardDeleted);
        assertThat(of("a")).isEqualTo(Entry.WAS_THERE_AND_FAILED);
    }

    @Test
    void a_version_that_was_there_is_known_however_many_were_told_of_since() {
        // Given
        replicated("a");

        // When
        for (var i = 0; i < 300_000; i++) {
            replicated("other-" + i);
        }

        // Then
        assertThat(of("a")).isEqualTo(Entry.WAS_THERE);
        assertThat(of("lost")).isEqualTo(Entry.NOTHING);
    }

    @Test
    void
            beyond_what_can_be_told_apart_a_version_that_seems_to_have_been_there_is_uncertain_and_one_that_was_not_is_known() {
        // Given
        var small = new JournalMemory(1 << 10, 2);
        for (var i = 0; i < 50; i++) {
            small.add(replication("v-" + i));
        }

        // Then
        assertThat(of(small, "v-0")).isEqualTo(Entry.UNCERTAIN);
        assertThat(of(small, "lost")).isEqualTo(Entry.NOTHING);
    }

    @Test
    void a_failure_that_is_met_again_is_remembered_and_the_oldest_one_forgotten_without_what_was_there() {
        // Given
        replicated("a");
        failed("a", FailureReason.DstPutObjectNotPermitted);
        failed("b", FailureReason.DstPutObjectNotPermitted);
        skipped("a", SkipReason.FAILED_BEFORE);

        // When
        failed("c", FailureReason.DstPutObjectNotPermitted);

        // Then
        assertThat(of("a")).isEqualTo(Entry.WAS_THERE_AND_FAILED);
        assertThat(of("b")).isEqualTo(Entry.NOTHING);

        // When
        failed("d", FailureReason.DstPutObjectNotPermitted);

        // Then
        assertThat(of("a")).isEqualTo(Entry.WAS_THERE);
    }
}

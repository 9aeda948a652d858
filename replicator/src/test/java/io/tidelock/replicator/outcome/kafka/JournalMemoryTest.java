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
import org.junit.jupiter.api.Test;

class JournalMemoryTest {
    private static final ObjectKey SOURCE = new ObjectKey(new Bucket("paris", "originals"), "k");
    private static final ObjectKey REPLICA = new ObjectKey(new Bucket("frankfurt", "replicas"), "k");

    private final JournalMemory memory = new JournalMemory(2);

    private static Operation operation(String version) {
        var occurrence = new Occurrence(SOURCE, new VersionId(version), Instant.EPOCH, null, null, "n", Cause.REQUEST);
        return new Operation(
                new OperationId(new StreamPosition("events", 0, 0), "r"),
                new ObjectCreated(occurrence, null, null),
                REPLICA,
                Instant.EPOCH);
    }

    private void replicated(String version) {
        memory.add(new Outcome.Replicated(
                operation(version), Instant.EPOCH, 1, new VersionId(version), new VersionId("x"), 1, true, false));
    }

    private void failed(String version, FailureReason reason) {
        memory.add(new Outcome.Failed(operation(version), Instant.EPOCH, 1, reason, null));
    }

    private void skipped(String version, SkipReason reason) {
        memory.add(new Outcome.Skipped(operation(version), Instant.EPOCH, 1, reason));
    }

    private Entry of(String version) {
        return memory.of(SOURCE, new VersionId(version), REPLICA);
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
    void a_report_of_a_removed_replica_says_that_it_was_there() {
        failed("a", FailureReason.DstObjectHardDeleted);
        assertThat(of("a")).isEqualTo(Entry.WAS_THERE_AND_FAILED);
    }

    @Test
    void what_was_told_of_longest_ago_is_forgotten_beyond_the_bound() {
        // When
        replicated("a");
        replicated("b");
        replicated("a");
        replicated("c");

        // Then
        assertThat(of("a")).isEqualTo(Entry.WAS_THERE);
        assertThat(of("b")).isEqualTo(Entry.NOTHING);
        assertThat(of("c")).isEqualTo(Entry.WAS_THERE);
    }
}

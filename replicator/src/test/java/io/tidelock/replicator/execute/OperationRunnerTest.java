package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.Outcome.Failed;
import io.tidelock.replicator.outcome.Outcome.Replicated;
import io.tidelock.replicator.outcome.Outcome.Skipped;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.StoreHook;
import io.tidelock.replicator.store.StoreHook.Moment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationRunnerTest {
    private final Copying copying = new Copying();
    private final TwoSides sides = copying.sides;

    private static ReplicationRule to(RuleDestination destination) {
        var rule = TwoSides.RULE;
        return new ReplicationRule("r", rule.version(), 1, true, rule.filter(), destination, true, true, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, Copying.PART - 1, Copying.PART, Copying.PART + 1, 3 * Copying.PART})
    void versions_of_every_size_arrive_whole(int size) {
        // When
        var outcome = (Replicated) copying.run(copying.created(Copying.bytes(size), 1));

        // Then
        assertThat(copying.bytesOf(outcome.replica())).isEqualTo(Copying.bytes(size));
        assertThat(outcome.bytes()).isEqualTo(size);
        assertThat(sides.destination.count(StoreCall.UploadPart))
                .isEqualTo(size < Copying.PART ? 0 : Math.ceilDiv(size, Copying.PART));
        assertThat(sides.destination.openUploads()).isZero();
    }

    @Test
    void the_plain_case_costs_three_requests() {
        // Given
        copying.run(copying.created("another version makes the buckets known", 1));
        sides.source.resetCounts();
        sides.destination.resetCounts();

        // When
        copying.run(copying.created("one", 2));

        // Then
        assertThat(sides.source.counts()).isEqualTo(Map.of(StoreCall.GetObject, 1));
        assertThat(sides.destination.counts()).isEqualTo(Map.of(StoreCall.HeadObject, 1, StoreCall.PutObject, 1));
    }

    @Test
    void rule_23_metadata_tags_and_class_come_along() {
        // Given
        var id = sides.source
                .world()
                .put(sides.key, new byte[3], Map.of("n", "v"), Map.of("t", "1"), new Encryption.SseS3(), "ONEZONE_IA");

        // When
        copying.run(sides.created(id, 1));

        // Then
        var replica = copying.currentReplica();
        assertThat(replica.userMetadata()).containsEntry("n", "v").containsKey("tidelock-origin");
        assertThat(sides.destination.tags(replica.version())).isEqualTo(Map.of("t", "1"));
        assertThat(replica.storageClass()).isEqualTo("ONEZONE_IA");
        assertThat(replica.encryption()).isEqualTo(new Encryption.SseS3());
    }

    @Test
    void a_version_within_one_store_is_copied_by_the_store() {
        // Given
        var event = copying.created("one", 1);
        var backup = new ObjectKey(sides.source.world().createBucket("backup", Versioning.ENABLED), "a/key");

        // When
        var outcome = (Replicated) copying.runWithin(event, backup);

        // Then
        assertThat(sides.source.world().bytes(new ObjectVersion(backup, outcome.replica())))
                .isEqualTo("one".getBytes(UTF_8));
        assertThat(outcome.bytes()).isZero();
        assertThat(sides.source.counts()).doesNotContainKeys(StoreCall.GetObject, StoreCall.PutObject);
    }

    @Test
    void a_write_whose_answer_was_lost_is_not_done_twice() {
        // Given
        sides.destination.hook(Copying.failing(Moment.AFTER, StoreCall.PutObject, StoreFailure.UNAVAILABLE, 1));

        // When
        var outcome = copying.run(copying.created("one", 1));

        // Then
        assertThat(((Skipped) outcome).reason()).isEqualTo(SkipReason.ALREADY_REPLICATED);
        assertThat(copying.replicaTexts()).containsExactly("one");
        assertThat(copying.retries).containsExactly(FailureReason.DST_UNAVAILABLE);
    }

    @Test
    void somebody_elses_write_in_between_is_noticed_and_planned_around() {
        // Given
        var event = copying.created("ours", 1);
        var once = new AtomicBoolean(true);
        sides.destination.hook((moment, call, _) -> {
            if (moment == Moment.BEFORE && call == StoreCall.PutObject && once.getAndSet(false)) {
                sides.strangerPuts("foreign");
            }
        });

        // When
        var outcome = copying.run(event);

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertThat(copying.replicaTexts()).containsExactly("ours", "foreign");
        assertThat(sides.destination.count(StoreCall.PutObject)).isEqualTo(2);
        assertThat(copying.retries).isEmpty();
    }

    @Test
    void rule_20_a_null_version_that_moves_while_it_is_copied_is_copied_again() {
        // Given
        sides.source.world().versioning(sides.originals, Versioning.SUSPENDED);
        var event = copying.created("before", 1);
        var once = new AtomicBoolean(true);
        sides.destination.hook((moment, call, _) -> {
            if (moment == Moment.BEFORE && call == StoreCall.PutObject && once.getAndSet(false)) {
                sides.put("after");
            }
        });

        // When
        var outcome = (Replicated) copying.run(event);

        // Then
        assertThat(outcome.source()).isEqualTo(VersionId.NULL);
        assertThat(copying.replicaTexts()).startsWith("after");
    }

    @Test
    void a_late_version_is_restacked() {
        // Given
        var first = copying.created("one", 1);
        copying.run(copying.created("two", 2));

        // When
        var outcome = (Replicated) copying.run(first);

        // Then
        assertThat(outcome.restacked()).isTrue();
        assertThat(copying.replicaTexts()).containsExactly("two", "one", "two");
        assertThat(sides.destination.count(StoreCall.CopyObject)).isEqualTo(1);
    }

    @Test
    void a_restack_that_was_cut_off_is_finished_by_the_next_try() {
        // Given
        var first = copying.created("one", 1);
        copying.run(copying.created("two", 2));
        sides.destination.hook(Copying.failing(Moment.BEFORE, StoreCall.CopyObject, StoreFailure.UNAVAILABLE, 1));

        // When
        var outcome = (Replicated) copying.run(first);

        // Then
        assertThat(outcome.restacked()).isTrue();
        assertThat(outcome.bytes()).isZero();
        assertThat(copying.replicaTexts()).containsExactly("two", "one", "two");
    }

    @Test
    void a_restack_that_is_finished_later_does_not_cover_what_somebody_wrote_meanwhile() {
        // Given
        var first = copying.created("one", 1);
        copying.run(copying.created("two", 2));
        sides.replicate(first);
        var once = new AtomicBoolean(true);
        sides.destination.hook((moment, call, _) -> {
            if (moment == Moment.BEFORE && call == StoreCall.CopyObject && once.getAndSet(false)) {
                sides.strangerPuts("foreign");
            }
        });

        // When
        copying.run(first);

        // Then
        assertThat(copying.replicaTexts()).containsExactly("foreign", "one", "two");
    }

    @Test
    void rule_16_a_marker_brings_its_data_along() {
        // Given
        sides.put("one");

        // When
        var outcome = copying.run(sides.marker(sides.delete(), 2));

        // Then
        assertThat(outcome).isInstanceOf(Outcome.DeleteMarkerPropagated.class);
        assertThat(copying.replicaTexts()).containsExactly("-", "one");
    }

    @Test
    void rule_34_tags_are_brought_up_to_date() {
        // Given
        var event = copying.created("one", 1);
        copying.run(event);
        var id = event.occurrence().versionId();
        sides.source.putTags(new ObjectVersion(sides.key, Objects.requireNonNull(id)), Map.of("t", "2"));

        // When
        var outcome = copying.run(sides.tagged(id));

        // Then
        assertThat(outcome).isInstanceOf(Outcome.MetadataSynced.class);
        assertThat(sides.destination.tags(copying.currentReplica().version())).isEqualTo(Map.of("t", "2"));
    }

    @Test
    void a_part_that_fails_once_does_not_cost_the_others() {
        // Given
        sides.destination.hook(Copying.failing(Moment.BEFORE, StoreCall.UploadPart, StoreFailure.THROTTLED, 2));

        // When
        var outcome = copying.run(copying.created(Copying.bytes(3 * Copying.PART), 1));

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertThat(outcome.attempts()).isEqualTo(1);
        assertThat(sides.destination.count(StoreCall.UploadPart)).isEqualTo(5);
    }

    @Test
    void an_upload_that_fails_for_good_is_aborted() {
        // Given
        sides.destination.hook(Copying.failing(Moment.BEFORE, StoreCall.UploadPart, StoreFailure.DENIED, 100));

        // When
        var outcome = (Failed) copying.run(copying.created(Copying.bytes(3 * Copying.PART), 1));

        // Then
        assertThat(outcome.reason()).isEqualTo(FailureReason.DstMultipartPartUploadNotPermitted);
        assertThat(sides.destination.openUploads()).isZero();
        assertThat(copying.replicaTexts()).isEmpty();
    }

    @Test
    void bytes_that_never_match_are_given_up_after_some_tries() {
        // Given
        sides.destination.hook(
                Copying.failing(Moment.BEFORE, StoreCall.PutObject, StoreFailure.CHECKSUM_MISMATCH, 100));

        // When
        var outcome = (Failed) copying.run(copying.created("one", 1));

        // Then
        assertThat(outcome.reason()).isEqualTo(FailureReason.REPLICA_DIFFERS);
        assertThat(outcome.attempts()).isEqualTo(3);
    }

    @Test
    void rule_38_a_store_that_is_down_is_waited_for_with_growing_pauses() {
        // Given
        sides.source.hook(Copying.failing(Moment.BEFORE, StoreCall.GetObject, StoreFailure.UNAVAILABLE, 30));

        // When
        var outcome = copying.run(copying.created("one", 1));

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertThat(outcome.attempts()).isEqualTo(31);
        assertThat(copying.retries).hasSize(30).containsOnly(FailureReason.SRC_UNAVAILABLE);
        assertThat(copying.waits).allSatisfy(wait -> assertThat(wait.toMillis()).isBetween(0L, 4L));
    }

    @Test
    void rule_38_credentials_that_come_late_are_waited_for_as_well() {
        // Given
        sides.source.hook(Copying.failing(Moment.BEFORE, StoreCall.GetObject, StoreFailure.CREDENTIALS_UNAVAILABLE, 3));

        // When
        var outcome = copying.run(copying.created("one", 1));

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertThat(copying.retries).hasSize(3).containsOnly(FailureReason.CREDENTIALS_UNAVAILABLE);
    }

    @Test
    void rule_27_a_key_that_does_not_exist_fails_with_its_code() {
        // Given
        sides.rule = to(new RuleDestination("replicas", null, null, "arn:aws:kms:x:1:key/no", false, false, false));
        var kms = new Encryption.SseKms("arn:aws:kms:x:1:key/source", false, false);
        var id = sides.source.world().put(sides.key, new byte[3], Map.of(), Map.of(), kms, "STANDARD");

        // When
        var outcome = (Failed) copying.run(sides.created(id, 1));

        // Then
        assertThat(outcome.reason()).isEqualTo(FailureReason.DstKmsKeyNotFound);
    }

    @Test
    void rule_29_sse_c_is_skipped() {
        // Given
        var id = sides.source
                .world()
                .put(sides.key, new byte[3], Map.of(), Map.of(), new Encryption.SseC(null), "STANDARD");

        // When / Then
        assertThat(((Skipped) copying.run(sides.created(id, 1))).reason()).isEqualTo(SkipReason.SSE_C_UNREADABLE);
    }

    @Test
    void rule_24_an_archived_version_is_skipped() {
        // Given
        var id = sides.source
                .world()
                .put(sides.key, new byte[3], Map.of(), Map.of(), new Encryption.None(), "DEEP_ARCHIVE");

        // When / Then
        assertThat(((Skipped) copying.run(sides.created(id, 1))).reason()).isEqualTo(SkipReason.ARCHIVED);
    }

    @Test
    void what_changes_at_every_look_is_left_alone_for_a_while() {
        // Given
        var event = copying.created("one", 1);
        var changes = new int[] {12};
        sides.destination.hook((moment, call, _) -> {
            if (moment == Moment.BEFORE && call == StoreCall.PutObject && changes[0]-- > 0) {
                sides.strangerPuts("foreign " + changes[0]);
            }
        });

        // When
        var outcome = copying.run(event);

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertThat(copying.retries).containsOnly(FailureReason.KEEPS_CHANGING);
        sides.destination.hook(StoreHook.NONE);
    }

    @Test
    void a_source_bucket_that_does_not_exist_is_no_version_that_has_gone() {
        // Given
        var small = copying.created("one", 1);
        var large = new ObjectCreated(small.occurrence(), 1L << 30, null);
        sides.source.world().removeBucket(sides.originals);

        // When / Then
        for (var event : List.of(small, large)) {
            assertThat(((Failed) copying.run(event)).reason()).isEqualTo(FailureReason.SrcBucketNotFound);
        }
    }
}

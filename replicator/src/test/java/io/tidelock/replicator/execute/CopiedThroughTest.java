package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.Outcome.Failed;
import io.tidelock.replicator.outcome.Outcome.Replicated;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.InMemoryObjectStore;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.StoreHook;
import io.tidelock.replicator.store.StoreHook.Moment;
import io.tidelock.replicator.store.s3.SandboxFixture;
import io.tidelock.sandbox.fault.Fault;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Copies within a store that makes none itself that are what they are asked to be, as Ceph: they go the way of copies between stores. */
class CopiedThroughTest {
    private final Copying copying = new Copying();
    private final TwoSides sides = copying.sides;

    private ObjectKey backup() {
        sides.source.copiesNothing();
        return new ObjectKey(sides.source.world().createBucket("backup", Versioning.ENABLED), "a/key");
    }

    private static void assertNothingCopiedBy(InMemoryObjectStore store) {
        assertThat(store.count(StoreCall.CopyObject)).isZero();
        assertThat(store.count(StoreCall.UploadPartCopy)).isZero();
    }

    @Test
    void a_large_version_goes_in_parts() {
        // Given
        var backup = backup();
        var bytes = Copying.bytes(3 * Copying.PART);
        var event = copying.created(bytes, 1);

        // When
        var outcome = (Replicated) copying.runWithin(event, backup);

        // Then
        assertThat(sides.source.world().bytes(new ObjectVersion(backup, outcome.replica())))
                .isEqualTo(bytes);
        assertThat(sides.source.count(StoreCall.PutObject)).isZero();
        assertThat(sides.source.count(StoreCall.UploadPart)).isEqualTo(3);
        assertThat(outcome.bytes()).isEqualTo(bytes.length);
        assertNothingCopiedBy(sides.source);
    }

    @Test
    void a_small_version_is_read_with_the_request_that_tells_its_head() {
        // Given
        var backup = backup();
        var event = copying.created("one", 1);

        // When
        var outcome = (Replicated) copying.runWithin(event, backup);

        // Then
        assertThat(outcome.bytes()).isEqualTo(3);
        assertThat(sides.source.count(StoreCall.GetObject)).isOne();
        assertNothingCopiedBy(sides.source);
    }

    @Test
    void a_version_that_only_its_etag_of_parts_tells_of_is_cut_as_it_was() {
        // Given
        var backup = backup();
        var event = copying.uploaded(Copying.bytes(Copying.PART + 9), Copying.PART, 9);
        sides.source.resetCounts();

        // When
        copying.runWithin(event, backup);

        // Then
        var original = (HeadAnswer.Present) sides.source.head(sides.key);
        var copy = (HeadAnswer.Present) sides.source.head(backup);
        assertThat(copy.head().eTag()).isEqualTo(original.head().eTag()).endsWith("-2");
        assertThat(sides.source.count(StoreCall.PutObject)).isZero();
    }

    @Test
    void what_is_put_back_on_top_goes_in_parts_as_well() {
        // Given
        sides.destination.copiesNothing();
        var late = copying.created("late", 1);
        var newest = Copying.bytes(3 * Copying.PART);
        copying.run(copying.created(newest, 2));
        sides.destination.resetCounts();

        // When
        var outcome = (Replicated) copying.run(late);

        // Then
        assertThat(copying.bytesOf(copying.currentReplica().version().id())).isEqualTo(newest);
        assertThat(sides.destination.count(StoreCall.PutObject))
                .as("the late one")
                .isOne();
        assertThat(sides.destination.count(StoreCall.UploadPart)).isEqualTo(3);
        assertThat(outcome.bytes()).isEqualTo(newest.length + 4L);
        assertNothingCopiedBy(sides.destination);
    }

    @Test
    void putting_back_that_broke_off_is_carried_on() {
        // Given
        sides.destination.copiesNothing();
        var late = copying.created("late", 1);
        var newest = Copying.bytes(5 * Copying.PART);
        copying.run(copying.created(newest, 2));
        var lane = Thread.currentThread();
        var parts = new AtomicInteger(4);
        sides.destination.hook((moment, call, _) -> {
            if (moment == Moment.BEFORE && call == StoreCall.UploadPart && parts.getAndDecrement() <= 0) {
                lane.interrupt();
                throw new StoreException(StoreFailure.THROTTLED, call.name(), "as the test wishes", null);
            }
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> copying.run(late))
                .withCauseInstanceOf(InterruptedException.class);
        Thread.interrupted(); // as a lane does when its task ends
        sides.destination.hook(StoreHook.NONE);
        sides.destination.resetCounts();
        copying.restart();

        // When
        var outcome = copying.run(late);

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertThat(copying.bytesOf(copying.currentReplica().version().id())).isEqualTo(newest);
        assertThat(sides.destination.count(StoreCall.UploadPart)).isLessThan(5);
        assertThat(sides.destination.openUploads()).isZero();
    }

    @Test
    void what_cannot_be_read_where_it_is_to_be_put_back_is_a_failure_of_the_destination() {
        // Given
        sides.destination.copiesNothing();
        var late = copying.created("late", 1);
        copying.run(copying.created("newest", 2));
        sides.destination.hook(Copying.failing(Moment.BEFORE, StoreCall.GetObject, StoreFailure.ARCHIVED, 1));

        // When
        var outcome = copying.run(late);

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(FailureReason.DST_ARCHIVED));
    }

    @Test
    void another_byte_on_the_way_back_on_top_is_noticed_and_never_stays() throws IOException {
        try (var paris = new SandboxFixture("paris", CountedSides.SOURCE_ACCOUNT, InstantSource.system());
                var frankfurt =
                        new SandboxFixture("frankfurt", CountedSides.DESTINATION_ACCOUNT, InstantSource.system())) {
            // Given
            var over = new CountedSides(paris, frankfurt, InstantSource.system(), false);
            over.replicateWithoutChecksums();
            var late = over.created(over.put("late"), 1);
            var newest = "what is on top".getBytes(UTF_8);
            over.run(over.created(over.put(new String(newest, UTF_8)), 2));
            over.strikeReplicas("GetObject", 1, new Fault.CorruptedAnswer());

            // When
            var outcome = over.run(late);

            // Then
            assertThat(outcome).isInstanceOf(Outcome.Replicated.class);
            assertThat(over.retries).containsExactly(FailureReason.REPLICA_DIFFERS);
            assertThat(over.replicaBytes()).isEqualTo(newest);
        }
    }
}

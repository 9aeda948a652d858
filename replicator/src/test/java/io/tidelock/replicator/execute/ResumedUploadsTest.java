package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome.Replicated;
import io.tidelock.replicator.outcome.Outcome.Skipped;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.PlainWrite;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.StoreHook;
import io.tidelock.replicator.store.StoreHook.Moment;
import io.tidelock.replicator.upload.OrphanedUploads;
import io.tidelock.replicator.upload.SavedUpload;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens to a large version's parts when its copy breaks off. */
class ResumedUploadsTest {
    private static final int PARTS = 7;
    private static final byte[] LARGE = Copying.bytes(PARTS * Copying.PART - 1);

    private final Copying copying = new Copying();
    private final TwoSides sides = copying.sides;

    /** Lets so many parts pass, then does something and refuses the rest. */
    private static StoreHook after(int parts, Runnable then) {
        var left = new AtomicInteger(parts);
        return (moment, call, _) -> {
            if (moment == Moment.BEFORE && call == StoreCall.UploadPart && left.getAndDecrement() <= 0) {
                then.run();
                throw new StoreException(StoreFailure.THROTTLED, call.name(), "as the test wishes", null);
            }
        };
    }

    /** Gives the work up after so many parts, as a process does that has to stop. */
    private void breakOff(ObjectCreated event, int parts) {
        var lane = Thread.currentThread();
        sides.destination.hook(after(parts, lane::interrupt));
        assertThatIllegalStateException()
                .isThrownBy(() -> copying.run(event))
                .withCauseInstanceOf(InterruptedException.class);
        Thread.interrupted(); // as a lane does when its task ends
        sides.destination.hook(StoreHook.NONE);
        sides.destination.resetCounts();
        copying.restart();
    }

    private int sent() {
        return sides.destination.count(StoreCall.UploadPart);
    }

    private void assertNothingIsLeft() {
        assertThat(sides.destination.openUploads()).isZero();
        assertThat(copying.uploads.all()).isEmpty();
    }

    @Test
    void another_process_sends_only_the_parts_that_are_missing() {
        // Given
        var event = copying.created(LARGE, 1);
        breakOff(event, 5);

        // When
        var outcome = (Replicated) copying.run(event);

        // Then
        assertThat(sent()).isEqualTo(PARTS - 5);
        assertThat(sides.destination.count(StoreCall.CreateMultipartUpload)).isZero();
        assertThat(copying.bytesOf(outcome.replica())).isEqualTo(LARGE);
        assertNothingIsLeft();
    }

    @Test
    void what_was_sent_before_a_failure_that_passes_is_not_sent_again() {
        // Given
        var refusals = new AtomicInteger();
        sides.destination.hook(after(4, () -> {
            if (refusals.incrementAndGet() == 30) {
                sides.destination.hook(StoreHook.NONE);
            }
        }));

        // When
        var outcome = (Replicated) copying.run(copying.created(LARGE, 1));

        // Then
        assertThat(outcome.attempts()).isGreaterThan(1);
        assertThat(sent()).isEqualTo(PARTS + refusals.get());
        assertThat(sides.destination.count(StoreCall.CreateMultipartUpload)).isEqualTo(1);
        assertThat(copying.bytesOf(outcome.replica())).isEqualTo(LARGE);
        assertNothingIsLeft();
    }

    @Test
    void a_changed_rule_begins_anew_and_aborts_what_the_former_one_began() {
        // Given
        var event = copying.created(LARGE, 1);
        breakOff(event, 5);
        sides.rule = TwoSides.rule(
                new RuleFilter.Everything(),
                new RuleDestination("replicas", null, "STANDARD_IA", null, false, false, false));

        // When
        var outcome = (Replicated) copying.run(event);

        // Then
        assertThat(sent()).isEqualTo(PARTS);
        assertThat(sides.destination.count(StoreCall.AbortMultipartUpload)).isEqualTo(1);
        assertThat(copying.currentReplica().storageClass()).isEqualTo("STANDARD_IA");
        assertThat(copying.bytesOf(outcome.replica())).isEqualTo(LARGE);
        assertNothingIsLeft();
    }

    @Test
    void another_version_never_gets_the_parts_of_the_one_before_it() {
        // Given
        breakOff(copying.created(LARGE, 1), 5);
        var other = LARGE.clone();
        other[0]++;
        var event = copying.created(other, 2);

        // When
        var outcome = (Replicated) copying.run(event);

        // Then
        assertThat(copying.bytesOf(outcome.replica())).isEqualTo(other);
        assertThat(sides.destination.count(StoreCall.AbortMultipartUpload)).isEqualTo(1);
        assertNothingIsLeft();
    }

    @Test
    void an_upload_that_somebody_ended_is_begun_anew() {
        // Given
        var event = copying.created(LARGE, 1);
        breakOff(event, 5);
        sides.destination.abortUpload(
                sides.replica, copying.uploads.all().getFirst().uploadId());

        // When
        var outcome = (Replicated) copying.run(event);

        // Then
        assertThat(sent()).isEqualTo(PARTS);
        assertThat(copying.bytesOf(outcome.replica())).isEqualTo(LARGE);
        assertNothingIsLeft();
    }

    @Test
    void a_part_of_another_length_is_sent_again() {
        // Given
        var event = copying.created(LARGE, 1);
        breakOff(event, 5);
        var saved = copying.uploads.all().getFirst();
        sides.destination.uploadPart(uploadOf(saved), 1, new ByteArrayInputStream(new byte[3]), 3);
        sides.destination.resetCounts();

        // When
        var outcome = (Replicated) copying.run(event);

        // Then
        assertThat(sent()).isEqualTo(PARTS - 5 + 1);
        assertThat(copying.bytesOf(outcome.replica())).isEqualTo(LARGE);
    }

    @Test
    void a_null_version_is_never_carried_on() {
        // Given
        sides.source.world().versioning(sides.originals, Versioning.SUSPENDED);
        breakOff(copying.created(LARGE, 1), 5);

        // Then
        assertNothingIsLeft();
    }

    @Test
    void an_upload_whose_end_was_not_answered_is_looked_for_before_anything_is_sent_again() {
        // Given
        sides.destination.hook(
                Copying.failing(Moment.AFTER, StoreCall.CompleteMultipartUpload, StoreFailure.UNAVAILABLE, 1));

        // When
        var outcome = copying.run(copying.created(LARGE, 1));

        // Then
        assertThat(outcome).isInstanceOf(Skipped.class);
        assertThat(sent()).isEqualTo(PARTS);
        assertThat(sides.destinationLayers()).hasSize(1);
    }

    @Test
    void only_own_uploads_that_nobody_carries_on_are_aborted() throws InterruptedException {
        // Given
        var foreign = sides.destination.startUpload(plain(sides.replica));
        breakOff(copying.created(LARGE, 1), 2);
        var at = copying.uploads.all().getFirst().at();
        var stores = Map.<String, ObjectStore>of("frankfurt", sides.destination);
        var day = Duration.ofDays(1);

        // When
        var young = new OrphanedUploads(copying.uploads, stores, InstantSource.fixed(at.plus(day)), day).abort();
        var old = new OrphanedUploads(
                        copying.uploads,
                        stores,
                        InstantSource.fixed(at.plus(day).plusSeconds(1)),
                        day)
                .abort();

        // Then
        assertThat(young).isZero();
        assertThat(old).isEqualTo(1);
        assertThat(copying.uploads.all()).isEmpty();
        assertThat(sides.destination.parts(foreign)).isEmpty();
        assertThat(sides.destination.openUploads()).isEqualTo(1);
    }

    /** Uploaded in parts as long as those that copies are cut into, so that nothing but an ETag tells of the bytes. */
    private ObjectCreated withoutChecksum() {
        var sizes = new int[PARTS];
        Arrays.fill(sizes, Copying.PART);
        sizes[PARTS - 1]--;
        return copying.uploaded(LARGE, sizes);
    }

    @Test
    void parts_of_a_version_without_checksums_are_carried_on_and_judged_by_their_etags() {
        // Given
        var event = withoutChecksum();
        breakOff(event, 5);

        // When
        var outcome = (Replicated) copying.run(event);

        // Then
        assertThat(sent()).isEqualTo(PARTS - 5);
        assertThat(copying.retries).isEmpty();
        assertThat(copying.bytesOf(outcome.replica())).isEqualTo(LARGE);
        assertNothingIsLeft();
    }

    @Test
    void a_part_that_was_sent_wrong_before_a_restart_is_noticed_and_all_are_sent_anew() {
        // Given
        var event = withoutChecksum();
        breakOff(event, 5);
        var saved = copying.uploads.all().getFirst();
        var wrong = Arrays.copyOf(LARGE, Copying.PART);
        wrong[7]++;
        sides.destination.uploadPart(uploadOf(saved), 1, new ByteArrayInputStream(wrong), wrong.length);
        sides.destination.resetCounts();

        // When
        var outcome = (Replicated) copying.run(event);

        // Then
        assertThat(copying.retries).containsExactly(FailureReason.REPLICA_DIFFERS);
        assertThat(sides.destination.count(StoreCall.AbortMultipartUpload)).isEqualTo(1);
        assertThat(sent()).isEqualTo(PARTS - 5 + PARTS);
        assertThat(copying.bytesOf(outcome.replica())).isEqualTo(LARGE);
        assertNothingIsLeft();
    }

    @Test
    void parts_whose_etags_prove_nothing_are_sent_again_into_the_same_upload() {
        // Given
        sides.destination.world().kmsKey("key", true);
        sides.destination.world().defaultEncryption(sides.replicas, new Encryption.SseKms("key", false, false));
        var event = withoutChecksum();
        breakOff(event, 5);

        // When
        var outcome = (Replicated) copying.run(event);

        // Then
        assertThat(sent()).isEqualTo(PARTS);
        assertThat(sides.destination.count(StoreCall.CreateMultipartUpload)).isZero();
        assertThat(copying.retries).isEmpty();
        assertThat(copying.bytesOf(outcome.replica())).isEqualTo(LARGE);
        assertNothingIsLeft();
    }

    private Multipart.Upload uploadOf(SavedUpload saved) {
        return new Multipart.Upload(plain(saved.replica()), saved.uploadId());
    }

    private static ReplicaWrite plain(ObjectKey object) {
        return PlainWrite.of(object, LARGE.length);
    }
}

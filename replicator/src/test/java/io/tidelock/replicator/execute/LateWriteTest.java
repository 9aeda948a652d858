package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Look;
import io.tidelock.domain.Look.Purpose;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.Outcome.Replicated;
import io.tidelock.replicator.outcome.Outcome.Skipped;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreHook;
import io.tidelock.replicator.store.StoreHook.Moment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Requests of an owner whose partition has gone to another one, still on the wire while that one works (architecture: fencing an old
 * owner).
 */
class LateWriteTest {
    private final Copying copying = new Copying();
    private final TwoSides sides = copying.sides;
    private final CountDownLatch onTheWire = new CountDownLatch(1);
    private final CountDownLatch arriving = new CountDownLatch(1);

    /** The first call of an action stays on the wire until it is told to arrive. */
    private StoreHook hanging(StoreCall action, Moment at) {
        var first = new AtomicBoolean(true);
        return (moment, call, _) -> {
            if (moment == at && call == action && first.getAndSet(false)) {
                onTheWire.countDown();
                try {
                    arriving.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    /** What the old owner makes of an event that another one does meanwhile, with another one behind it. */
    private Outcome late(StoreCall action, Moment moment, BucketEvent event) throws Exception {
        return late(
                action,
                moment,
                event,
                () -> assertThat(copying.run(copying.created("newer", 3))).isInstanceOf(Replicated.class));
    }

    private Outcome late(StoreCall action, Moment moment, BucketEvent event, Runnable behind) throws Exception {
        sides.destination.hook(hanging(action, moment));
        var old = CompletableFuture.supplyAsync(() -> copying.run(event));
        assertThat(onTheWire.await(30, TimeUnit.SECONDS)).isTrue();
        copying.restart();
        assertThat(copying.run(event)).isNotInstanceOf(Skipped.class);
        behind.run();
        arriving.countDown();
        return old.get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_put_that_finishes_after_the_next_owner_has_put_a_newer_version_is_refused() throws Exception {
        // When
        var late = late(StoreCall.PutObject, Moment.MIDDLE, copying.created("ours", 2));

        // Then
        assertThat(((Skipped) late).reason()).isEqualTo(SkipReason.ALREADY_REPLICATED);
        assertThat(copying.replicaTexts()).containsExactly("newer", "ours");
    }

    @Test
    void a_put_over_an_older_version_is_refused_as_well() throws Exception {
        // Given
        copying.run(copying.created("older", 1));

        // When
        var late = late(StoreCall.PutObject, Moment.MIDDLE, copying.created("ours", 2));

        // Then
        assertThat(((Skipped) late).reason()).isEqualTo(SkipReason.ALREADY_REPLICATED);
        assertThat(copying.replicaTexts()).containsExactly("newer", "ours", "older");
    }

    @Test
    void an_upload_that_is_completed_after_the_next_owner_has_put_a_newer_version_is_refused() throws Exception {
        // When
        var late = late(
                StoreCall.CompleteMultipartUpload, Moment.BEFORE, copying.created(Copying.bytes(2 * Copying.PART), 2));

        // Then
        assertThat(((Skipped) late).reason()).isEqualTo(SkipReason.ALREADY_REPLICATED);
        assertThat(sides.destinationLayers()).hasSize(2);
        assertThat(copying.currentReplica().sizeBytes()).isEqualTo("newer".length());
    }

    @Test
    void a_marker_that_arrives_after_the_next_owner_has_put_a_newer_version_does_not_hide_it() throws Exception {
        // Given
        copying.run(copying.created("older", 1));
        var marker = sides.marker(sides.delete(), 2);

        // When
        var late = late(StoreCall.DeleteObject, Moment.BEFORE, marker);

        // Then
        assertThat(((Skipped) late).reason()).isEqualTo(SkipReason.MARKER_OUTDATED);
        assertThat(copying.replicaTexts()).containsExactly("newer", "-", "older");
    }

    @Test
    void a_late_put_between_two_versions_of_the_same_bytes_is_seen_and_put_right_by_the_next_look() throws Exception {
        // Given
        copying.run(copying.created("newer", 1));
        late(StoreCall.PutObject, Moment.MIDDLE, copying.created("ours", 2));
        assertThat(copying.replicaTexts()).containsExactly("ours", "newer", "ours", "newer");

        // When
        var looks = sides.source.stack(sides.key).layers().reversed().stream()
                .map(layer -> copying.run(looked(layer)))
                .toList();

        // Then
        assertThat(looks.getLast()).isInstanceOf(Replicated.class);
        assertThat(copying.replicaTexts()).startsWith("newer");
    }

    @Test
    void a_late_put_that_brings_back_a_deleted_object_is_seen_after_the_takeover_and_the_marker_put_back()
            throws Exception {
        // Given
        late(
                StoreCall.PutObject,
                Moment.MIDDLE,
                copying.created("ours", 2),
                () -> copying.run(sides.marker(sides.delete(), 3)));
        assertThat(copying.replicaTexts()).containsExactly("ours", "-", "ours");

        // When
        var look = copying.run(lookAgain());

        // Then
        assertThat(look).isInstanceOf(Outcome.DeleteMarkerPropagated.class);
        assertThat(copying.replicaTexts()).containsExactly("-", "ours", "-", "ours");
    }

    @Test
    void a_late_put_at_a_store_without_conditions_is_seen_after_the_takeover_and_the_newest_put_back()
            throws Exception {
        // Given
        sides.destination.ignoreConditions();
        late(StoreCall.PutObject, Moment.MIDDLE, copying.created("ours", 2));
        assertThat(copying.replicaTexts()).containsExactly("ours", "newer", "ours");

        // When
        var look = copying.run(lookAgain());

        // Then
        assertThat(((Replicated) look).restacked()).isTrue();
        assertThat(copying.replicaTexts()).containsExactly("newer", "ours", "newer", "ours");
    }

    @Test
    void what_the_source_has_removed_since_is_put_back_all_the_same() throws Exception {
        // Given
        sides.destination.ignoreConditions();
        copying.run(copying.created("older", 1));
        late(StoreCall.PutObject, Moment.MIDDLE, copying.created("ours", 2));
        sides.source
                .world()
                .remove(new ObjectVersion(
                        sides.key,
                        sides.source.stack(sides.key).layers().getFirst().id()));

        // When
        copying.run(lookAgain());

        // Then
        assertThat(copying.replicaTexts()).startsWith("newer", "ours", "newer");
    }

    @Test
    void a_late_marker_without_a_condition_is_seen_after_the_takeover_and_the_newest_put_back() {
        // Given
        copying.run(copying.created("older", 1));
        copying.run(sides.marker(sides.delete(), 2));
        copying.run(copying.created("newer", 3));
        sides.destination.putDeleteMarker(sides.replica, new Precondition.Anything());

        // When
        copying.run(lookAgain());

        // Then
        assertThat(copying.replicaTexts()).containsExactly("newer", "-", "newer", "-", "older");
    }

    @Test
    void a_look_after_a_takeover_changes_nothing_where_all_is_in_place() {
        // Given
        copying.run(copying.created("older", 1));
        copying.run(copying.created("newer", 2));

        // When / Then
        assertThat(((Skipped) copying.run(lookAgain())).reason()).isEqualTo(SkipReason.ALREADY_REPLICATED);
        copying.run(sides.marker(sides.delete(), 3));
        assertThat(((Skipped) copying.run(lookAgain())).reason()).isEqualTo(SkipReason.MARKER_ALREADY_THERE);
        assertThat(copying.replicaTexts()).containsExactly("-", "newer", "older");
    }

    @Test
    void a_marker_that_was_never_propagated_is_not_by_a_look_either() {
        // Given
        copying.run(copying.created("older", 1));
        sides.delete();

        // When / Then
        assertThat(((Skipped) copying.run(lookAgain())).reason()).isEqualTo(SkipReason.ALREADY_REPLICATED);
        assertThat(copying.replicaTexts()).containsExactly("older");
    }

    private ObjectCreated lookAgain() {
        return new ObjectCreated(
                new Occurrence(
                        sides.key,
                        null,
                        sides.clock.instant(),
                        null,
                        null,
                        "ObjectCreated:Put",
                        Cause.JOB,
                        new Look(sides.rule.id(), Purpose.TAKEOVER)),
                null,
                null);
    }

    private ObjectCreated looked(Layer layer) {
        return new ObjectCreated(
                new Occurrence(
                        sides.key,
                        layer.id(),
                        layer.lastModified(),
                        null,
                        null,
                        "ObjectCreated:Put",
                        Cause.JOB,
                        new Look("r", Purpose.SWEEP)),
                3L,
                null);
    }
}

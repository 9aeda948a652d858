package io.tidelock.replicator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.Refuse;
import io.tidelock.replicator.plan.Plan.Replicate;
import io.tidelock.replicator.plan.Plan.Skip;
import io.tidelock.replicator.plan.Plan.SyncMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LockPlansTest {
    private static final Instant SOON = TwoSides.START.plus(Duration.ofDays(10));
    private static final Instant LATE = TwoSides.START.plus(Duration.ofDays(1_000));
    private static final ObjectLock SHORT = new ObjectLock("GOVERNANCE", SOON, false);
    private static final ObjectLock LONG = new ObjectLock("GOVERNANCE", LATE, false);
    private static final ObjectLock HARD = new ObjectLock("COMPLIANCE", SOON, false);
    private static final ObjectLock HARD_AND_LONG = new ObjectLock("COMPLIANCE", LATE, false);
    private static final ObjectLock HELD = new ObjectLock(null, null, true);

    private final TwoSides sides = new TwoSides();

    @BeforeEach
    void bothBucketsCanLock() {
        sides.source.world().objectLock(sides.originals);
        sides.destination.world().objectLock(sides.replicas);
    }

    private VersionId put(ObjectLock lock) {
        var id = sides.put("one");
        lock(id, lock);
        return id;
    }

    private void lock(VersionId id, ObjectLock lock) {
        sides.source.world().lock(new ObjectVersion(sides.key, id), lock);
    }

    private Plan changed(VersionId id, Aspect aspect) {
        return sides.decide(sides.changed(id, aspect, "ObjectRetention:Put")).plan();
    }

    /** What the plan writes when a replica with one lock meets a source with another. */
    private Plan from(ObjectLock replica, ObjectLock source) {
        var id = put(replica);
        sides.replicate(sides.created(id, 1));
        lock(id, source);
        return changed(id, Aspect.RETENTION);
    }

    private List<MetadataChange> changes(ObjectLock replica, ObjectLock source) {
        return ((SyncMetadata) from(replica, source)).changes();
    }

    private ObjectVersion replica() {
        return new ObjectVersion(
                sides.replica, sides.destinationLayers().getFirst().id());
    }

    @Test
    void rule_36_a_write_says_whether_it_will_be_retained_by_itself_or_by_the_bucket() {
        // Given
        var id = put(ObjectLock.NONE);
        var free = (Replicate) sides.decide(sides.created(id, 1)).plan();
        sides.destination.world().retainsByDefault(sides.replicas);

        // When
        var byDefault = (Replicate) sides.decide(sides.created(id, 1)).plan();
        lock(id, SHORT);
        var byItself = (Replicate) sides.decide(sides.created(id, 1)).plan();

        // Then
        assertThat(free.write().retained()).isFalse();
        assertThat(byDefault.write().retained()).isTrue();
        assertThat(byDefault.write().lock()).isEqualTo(ObjectLock.NONE);
        assertThat(byItself.write().retained()).isTrue();
    }

    @Test
    void rule_36_retention_mode_and_hold_are_written_with_the_copy() {
        for (var lock : List.of(SHORT, HARD_AND_LONG, HELD, new ObjectLock("COMPLIANCE", LATE, true))) {
            // Given
            var id = put(lock);

            // When
            var plan = (Replicate) sides.decide(sides.created(id, 1)).plan();

            // Then
            assertThat(plan.write().lock()).isEqualTo(lock);
        }
    }

    @Test
    void rule_36_without_a_lock_at_the_source_the_destinations_default_decides() {
        assertThat(((Replicate) sides.decide(sides.created(put(ObjectLock.NONE), 1))
                                .plan())
                        .write()
                        .lock())
                .isEqualTo(ObjectLock.NONE);
    }

    @Test
    void rule_36_a_retention_that_has_ended_is_none_and_the_hold_stays() {
        // Given
        var ended = TwoSides.START.minus(Duration.ofDays(1));
        var id = put(new ObjectLock("COMPLIANCE", ended, true));

        // When
        var plan = (Replicate) sides.decide(sides.created(id, 1)).plan();

        // Then
        assertThat(plan.write().lock()).isEqualTo(HELD);
    }

    @Test
    void rule_36_a_locked_version_is_refused_where_the_destination_cannot_lock() {
        // Given
        var unlocked = new TwoSides();
        unlocked.source.world().objectLock(unlocked.originals);
        var id = unlocked.put("one");
        var replicated = unlocked.created(id, 1);
        unlocked.replicate(replicated);
        unlocked.source.world().lock(new ObjectVersion(unlocked.key, id), SHORT);
        var other = unlocked.put("two");
        unlocked.source.world().lock(new ObjectVersion(unlocked.key, other), SHORT);

        // When
        var copy = unlocked.decide(unlocked.created(other, 2)).plan();
        var change = unlocked.decide(unlocked.changed(id, Aspect.RETENTION, "ObjectRetention:Put"))
                .plan();

        // Then
        assertThat(((Refuse) copy).reason()).isEqualTo(FailureReason.DstBucketObjectLockConfigMissing);
        assertThat(((Refuse) change).reason()).isEqualTo(FailureReason.DstBucketObjectLockConfigMissing);
    }

    @Test
    void rule_36_a_retention_that_has_ended_asks_nothing_of_the_destination() {
        // Given
        var unlocked = new TwoSides();
        unlocked.source.world().objectLock(unlocked.originals);
        var id = unlocked.put("one");
        var ended = new ObjectLock("GOVERNANCE", TwoSides.START.minus(Duration.ofDays(1)), false);
        unlocked.source.world().lock(new ObjectVersion(unlocked.key, id), ended);

        // When
        var copy = unlocked.decide(unlocked.created(id, 1)).plan();
        unlocked.replicate(unlocked.created(id, 1));
        var change = unlocked.decide(unlocked.changed(id, Aspect.RETENTION, "ObjectRetention:Put"))
                .plan();

        // Then
        assertThat(((Replicate) copy).write().lock()).isEqualTo(ObjectLock.NONE);
        assertThat(change).isEqualTo(new Plan.Skip(SkipReason.ALREADY_REPLICATED));
    }

    @Test
    void rule_34_a_retention_that_was_set_or_grew_is_set_on_the_replica() {
        assertThat(changes(ObjectLock.NONE, SHORT))
                .containsExactly(new MetadataChange.Retention(replica(), "GOVERNANCE", SOON));
        assertThat(changes(SHORT, LONG)).containsExactly(new MetadataChange.Retention(replica(), "GOVERNANCE", LATE));
        assertThat(changes(SHORT, HARD)).containsExactly(new MetadataChange.Hardening(replica(), SOON));
        assertThat(changes(SHORT, HARD_AND_LONG)).containsExactly(new MetadataChange.Hardening(replica(), LATE));
    }

    @Test
    void rule_34_a_legal_hold_is_put_on_the_replica() {
        // Given
        var id = put(SHORT);
        sides.replicate(sides.created(id, 1));
        lock(id, new ObjectLock("GOVERNANCE", SOON, true));

        // When
        var plan = (SyncMetadata) changed(id, Aspect.LEGAL_HOLD);

        // Then
        assertThat(plan.changes()).containsExactly(new MetadataChange.LegalHold(replica()));
    }

    @Test
    void rule_36_a_lock_is_never_weakened() {
        assertThat(from(LONG, SHORT)).isEqualTo(new Skip(SkipReason.LOCK_NEVER_WEAKENED));
        assertThat(from(HARD, SHORT)).isEqualTo(new Skip(SkipReason.LOCK_NEVER_WEAKENED));
        assertThat(from(HARD, LONG)).isEqualTo(new Skip(SkipReason.LOCK_NEVER_WEAKENED));
        assertThat(from(LONG, HARD)).isEqualTo(new Skip(SkipReason.LOCK_NEVER_WEAKENED));
        assertThat(from(SHORT, ObjectLock.NONE)).isEqualTo(new Skip(SkipReason.LOCK_NEVER_WEAKENED));
        assertThat(from(HELD, ObjectLock.NONE)).isEqualTo(new Skip(SkipReason.LOCK_NEVER_WEAKENED));
    }

    @Test
    void rule_34_a_lock_that_is_there_already_is_not_written_again() {
        for (var lock : List.of(ObjectLock.NONE, SHORT, HARD_AND_LONG, HELD)) {
            assertThat(from(lock, lock)).isEqualTo(new Skip(SkipReason.ALREADY_REPLICATED));
        }
    }
}

package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.Outcome.DeleteMarkerPropagated;
import io.tidelock.replicator.outcome.Outcome.MetadataSynced;
import io.tidelock.replicator.outcome.Outcome.Replicated;
import io.tidelock.replicator.outcome.Outcome.Skipped;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.WayBack;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.StoreHook.Moment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that drops tags and locks of uploads, and a completed upload that nobody hears of: who completes it may as well have died. */
class UploadLeftoversTest {
    private static final Map<String, String> TAGS = Map.of("class", "gold");
    private static final ObjectLock LOCK = new ObjectLock("GOVERNANCE", TwoSides.START.plus(Duration.ofDays(10)), true);

    private final Copying copying = new Copying();
    private final TwoSides sides = copying.sides;

    @BeforeEach
    void dropFromUploads() {
        sides.source.world().objectLock(sides.originals);
        sides.destination.world().objectLock(sides.replicas);
        sides.destination.dropFromUploads();
        sides.destination.hook(
                Copying.failing(Moment.AFTER, StoreCall.CompleteMultipartUpload, StoreFailure.UNAVAILABLE, 1));
    }

    private VersionId putLarge(Map<String, String> tags, ObjectLock lock) {
        var id = sides.source.world().put(sides.key, Copying.bytes(2 * Copying.PART), Map.of(), tags);
        sides.source.world().lock(new ObjectVersion(sides.key, id), lock);
        return id;
    }

    private void assertComplete(ObjectHead replica) {
        assertThat(sides.destination.tags(replica.version())).isEqualTo(TAGS);
        assertThat(replica.lock()).isEqualTo(LOCK);
    }

    @Test
    void what_was_completed_unheard_gets_its_tags_and_its_lock() {
        // Given
        var id = putLarge(TAGS, LOCK);

        // When
        var outcome = copying.run(sides.created(id, 1));

        // Then
        assertThat(outcome).isInstanceOf(MetadataSynced.class);
        assertThat(sides.destinationLayers()).hasSize(1);
        assertComplete(copying.currentReplica());
    }

    @Test
    void what_came_late_and_was_completed_unheard_gets_them_before_the_newest_is_put_back() {
        // Given
        var late = putLarge(TAGS, LOCK);
        copying.run(copying.created("two", 2));

        // When
        var outcome = copying.run(sides.created(late, 1));

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertThat(copying.bytesOf(copying.currentReplica().version().id())).isEqualTo("two".getBytes(UTF_8));
        var below = new ObjectVersion(
                sides.replica, sides.destinationLayers().get(1).id());
        assertComplete(((HeadAnswer.Present) sides.destination.head(below)).head());
    }

    @Test
    void what_a_marker_brought_along_unheard_gets_them_before_the_marker() {
        // Given
        putLarge(TAGS, LOCK);

        // When
        var outcome = copying.run(sides.marker(sides.delete(), 2));

        // Then
        assertThat(outcome).isInstanceOf(DeleteMarkerPropagated.class);
        var below = new ObjectVersion(
                sides.replica, sides.destinationLayers().get(1).id());
        assertComplete(((HeadAnswer.Present) sides.destination.head(below)).head());
    }

    @Test
    void what_was_put_back_unheard_gets_those_of_what_it_is_a_copy_of() {
        // Given
        sides.destination.copiesNothing();
        var late = copying.created("late", 1);
        copying.run(sides.created(putLarge(TAGS, LOCK), 2));
        var newest = copying.bytesOf(copying.currentReplica().version().id());
        sides.destination.hook(
                Copying.failing(Moment.AFTER, StoreCall.CompleteMultipartUpload, StoreFailure.UNAVAILABLE, 1));

        // When
        var outcome = copying.run(late);

        // Then
        assertThat(outcome).isInstanceOf(MetadataSynced.class);
        assertThat(sides.destinationLayers()).hasSize(3);
        assertThat(copying.bytesOf(copying.currentReplica().version().id())).isEqualTo(newest);
        assertComplete(copying.currentReplica());
    }

    @Test
    void what_somebody_wrote_at_the_other_side_and_was_put_back_unheard_gets_them_as_well() {
        // Given
        sides.wayBack = WayBack.WRITES;
        sides.destination.copiesNothing();
        var late = copying.created("late", 1);
        var theirs = sides.destination.world().put(sides.replica, Copying.bytes(2 * Copying.PART), Map.of(), TAGS);
        sides.destination.world().lock(new ObjectVersion(sides.replica, theirs), LOCK);

        // When
        var outcome = copying.run(late);

        // Then
        assertThat(outcome).isInstanceOf(MetadataSynced.class);
        assertThat(sides.destinationLayers()).hasSize(3);
        assertComplete(copying.currentReplica());
    }

    @Test
    void what_somebody_wrote_where_nothing_flows_back_and_was_put_back_unheard_gets_them_too() {
        // Given
        sides.destination.copiesNothing();
        var late = copying.created("late", 1);
        copying.run(copying.created("newest", 2));
        var theirs = sides.destination.world().put(sides.replica, Copying.bytes(2 * Copying.PART), Map.of(), TAGS);
        sides.destination.world().lock(new ObjectVersion(sides.replica, theirs), LOCK);

        // When
        var outcome = copying.run(late);

        // Then
        assertThat(outcome).isInstanceOf(MetadataSynced.class);
        assertThat(sides.destinationLayers()).hasSize(4);
        assertThat(copying.currentReplica().userMetadata()).as("no mark").isEmpty();
        assertComplete(copying.currentReplica());
    }

    @Test
    void what_somebody_wrote_above_that_is_left_as_it_is() {
        // Given
        var late = copying.created("late", 1);
        copying.run(copying.created("newest", 2));
        sides.destination.world().put(sides.replica, "theirs".getBytes(UTF_8), Map.of(), TAGS);
        copying.run(late);
        sides.destination.world().put(sides.replica, "others".getBytes(UTF_8), Map.of(), Map.of());

        // When
        var outcome = copying.run(late);

        // Then
        assertThat(outcome).isInstanceOf(Skipped.class);
        assertThat(sides.destination.tags(copying.currentReplica().version())).isEmpty();
    }

    @Test
    void what_lacks_nothing_is_there_already() {
        // Given
        var id = putLarge(Map.of(), ObjectLock.NONE);

        // When
        var outcome = copying.run(sides.created(id, 1));

        // Then
        assertThat(outcome).isInstanceOf(Skipped.class);
        assertThat(sides.destination.count(StoreCall.PutObjectTagging)).isZero();
    }
}

package io.tidelock.replicator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.Replicate;
import io.tidelock.replicator.plan.Plan.Skip;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which version of the source counts, and what the source itself says of it. */
class SourceVersionsTest {
    private final TwoSides sides = new TwoSides();

    private static ObjectHead head(ObjectHead head, @Nullable String replicationStatus, boolean restored) {
        return new ObjectHead(
                head.version(),
                head.sizeBytes(),
                head.eTag(),
                head.lastModified(),
                head.content(),
                head.userMetadata(),
                head.tagCount(),
                head.storageClass(),
                head.encryption(),
                head.checksum(),
                replicationStatus,
                head.partsCount(),
                restored,
                head.lock());
    }

    private VersionId copied(Plan plan) {
        return ((Replicate) plan).source().version().id();
    }

    @Test
    void rule_10_and_49_what_the_store_says_is_a_replica_is_not_replicated_onward() {
        // Given
        var id = sides.put("one");

        // When
        sides.sourceHeads = head -> head(head, "REPLICA", false);
        var replica = sides.decide(sides.created(id, 1)).plan();
        sides.sourceHeads = head -> head(head, "COMPLETED", false);
        var original = sides.decide(sides.created(id, 1)).plan();

        // Then
        assertThat(replica).isEqualTo(new Skip(SkipReason.SOURCE_IS_REPLICA));
        assertThat(copied(original)).isEqualTo(id);
    }

    @Test
    void rule_24_an_archived_version_that_is_restored_is_read() {
        // Given
        var id = sides.source
                .world()
                .put(sides.key, new byte[3], Map.of(), Map.of(), new Encryption.None(), "DEEP_ARCHIVE");
        sides.sourceHeads = head -> head(head, null, true);

        // When / Then
        assertThat(copied(sides.decide(sides.created(id, 1)).plan())).isEqualTo(id);
    }

    @Test
    void rule_21_the_version_of_the_event_is_read_and_not_the_latest() {
        // Given
        var one = sides.put("one");
        sides.put("two");

        // When / Then
        assertThat(copied(sides.decide(sides.created(one, 1)).plan())).isEqualTo(one);
    }

    @Test
    void rule_39_what_the_sources_lifecycle_hid_before_its_turn_is_still_replicated() {
        // Given
        var id = sides.put("one");
        var marker = new DeleteMarkerCreated(
                sides.occurrence(sides.delete(), 2L, "LifecycleExpiration:DeleteMarkerCreated", Cause.LIFECYCLE));

        // When / Then
        assertThat(sides.decide(marker).plan()).isEqualTo(new Skip(SkipReason.MADE_BY_LIFECYCLE));
        assertThat(copied(sides.decide(sides.created(id, 1)).plan())).isEqualTo(id);
    }

    @Test
    void rule_39_what_the_sources_lifecycle_took_before_its_turn_ends_as_gone() {
        // Given
        var id = sides.put("one");
        var newer = sides.put("two");
        sides.source.world().remove(new ObjectVersion(sides.key, id));
        var removal = new VersionRemoved(sides.occurrence(id, 3L, "LifecycleExpiration:Delete", Cause.LIFECYCLE));

        // When / Then
        assertThat(sides.decide(removal).plan()).isEqualTo(new Skip(SkipReason.MADE_BY_LIFECYCLE));
        assertThat(sides.decide(sides.created(id, 1)).plan()).isEqualTo(new Skip(SkipReason.SRC_VERSION_NOT_FOUND));
        assertThat(copied(sides.decide(sides.created(newer, 2)).plan())).isEqualTo(newer);
    }

    @Test
    void rule_08_a_new_version_does_not_bring_the_ones_from_before_the_rule() {
        // Given
        sides.put("before the rule");
        var id = sides.put("after it");

        // When
        sides.replicateWhole(sides.created(id, 1));

        // Then
        assertThat(sides.destinationLayers()).hasSize(1);
    }

    @Test
    void rule_08_a_version_from_before_the_rule_goes_with_the_first_marker_or_change_of_its_own() {
        // Given
        var before = sides.put("before the rule");

        // When
        var changed = sides.decide(sides.tagged(before)).plan();
        var hidden = sides.decide(sides.marker(sides.delete(), 1)).plan();

        // Then
        assertThat(copied(changed)).isEqualTo(before);
        assertThat(copied(((Plan.StepFirst) hidden).step())).isEqualTo(before);
    }
}

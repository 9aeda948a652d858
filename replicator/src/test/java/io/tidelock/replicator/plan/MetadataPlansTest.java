package io.tidelock.replicator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.Replicate;
import io.tidelock.replicator.plan.Plan.Skip;
import io.tidelock.replicator.plan.Plan.SyncMetadata;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataPlansTest {
    private final TwoSides sides = new TwoSides();

    private void tag(VersionId id, Map<String, String> tags) {
        sides.source.putTags(new ObjectVersion(sides.key, id), tags);
    }

    @Test
    void rule_34_the_replica_of_that_version_gets_the_new_tags() {
        // Given
        var first = sides.put("one");
        var replica = sides.replicate(sides.created(first, 1));
        sides.replicate(sides.created(sides.put("two"), 2));
        tag(first, Map.of("class", "gold"));

        // When
        var plan = sides.decide(sides.tagged(first)).plan();

        // Then
        assertThat(plan)
                .isEqualTo(new SyncMetadata(
                        first,
                        List.of(new MetadataChange.Tags(
                                new ObjectVersion(sides.replica, replica), Map.of("class", "gold"))),
                        false));
    }

    @Test
    void rule_34_tags_that_are_there_already_are_not_written_again() {
        // Given
        var id = sides.source.world().put(sides.key, "one".getBytes(UTF_8), Map.of(), Map.of("class", "gold"));
        sides.replicate(sides.created(id, 1));

        // When / Then
        assertThat(sides.decide(sides.tagged(id)).plan()).isEqualTo(new Skip(SkipReason.ALREADY_REPLICATED));
    }

    @Test
    void rule_22_a_version_that_is_missing_at_the_destination_is_copied_whole() {
        // Given
        var id = sides.put("one");
        tag(id, Map.of("class", "gold"));

        // When
        var plan = (Replicate) sides.decide(sides.tagged(id)).plan();

        // Then
        assertThat(plan.write().tags()).isEqualTo(Map.of("class", "gold"));
    }

    @Test
    void rule_09_a_version_that_gets_the_selected_tag_later_is_never_replicated() {
        // Given
        sides.rule = TwoSides.rule(new RuleFilter.Tagged("class", "gold"), RuleDestination.of("replicas"));
        var id = sides.put("one");
        tag(id, Map.of("class", "gold"));

        // When / Then
        assertThat(sides.decide(sides.tagged(id)).plan()).isEqualTo(new Skip(SkipReason.TAGS_DO_NOT_MATCH));
    }
}

package io.tidelock.replicator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.Replicate;
import io.tidelock.replicator.plan.Plan.Skip;
import io.tidelock.replicator.plan.Plan.SyncMetadata;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.rule.WayBack;
import io.tidelock.replicator.store.HeadAnswer.Present;
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

    @Test
    void rule_34_an_event_without_a_version_means_the_current_one() {
        // Given
        sides.replicate(sides.created(sides.put("one"), 1));
        var second = sides.put("two");
        sides.replicate(sides.created(second, 2));
        tag(second, Map.of("class", "gold"));

        // When
        var event = new MetadataChanged(sides.occurrence(null, null, "ObjectTagging:Put", Cause.REQUEST), Aspect.TAGS);
        var plan = (SyncMetadata) sides.decide(event).plan();

        // Then
        assertThat(plan.source()).isEqualTo(second);
        assertThat(plan.changes()).hasSize(1);
    }

    @Test
    void rule_34_a_change_of_what_the_source_holds_no_more_is_told_so() {
        // Given
        var id = sides.put("one");
        sides.replicate(sides.created(id, 1));
        sides.source.world().remove(new ObjectVersion(sides.key, id));
        var unnamed =
                new MetadataChanged(sides.occurrence(null, null, "ObjectTagging:Put", Cause.REQUEST), Aspect.TAGS);

        // When / Then
        assertThat(sides.decide(sides.tagged(id)).plan()).isEqualTo(new Skip(SkipReason.SRC_VERSION_NOT_FOUND));
        assertThat(sides.decide(sides.tagged(sides.delete())).plan())
                .isEqualTo(new Skip(SkipReason.SRC_VERSION_NOT_FOUND));
        assertThat(sides.decide(unnamed).plan()).isEqualTo(new Skip(SkipReason.SRC_VERSION_NOT_FOUND));
    }

    private void bothWays() {
        sides.wayBack = WayBack.WRITES_AND_MODIFICATIONS;
        sides.rule = new ReplicationRule(
                "r",
                SchemaVersion.V2,
                1,
                true,
                new RuleFilter.Everything(),
                RuleDestination.of("replicas"),
                true,
                false,
                true);
    }

    /** A copy of what the source holds that Tidelock put back on top of it. */
    private VersionId putBack(VersionId original) {
        var head = ((Present) sides.source.head(new ObjectVersion(sides.key, original))).head();
        return sides.source
                .world()
                .put(sides.key, "one".getBytes(UTF_8), marked(head, Kind.PUT_BACK, sides.key), Map.of());
    }

    @Test
    void rule_34_what_was_put_back_on_top_stands_for_the_version_that_it_copies() {
        // Given
        bothWays();
        var id = sides.put("one");
        var replica = sides.replicate(sides.created(id, 1));
        var again = putBack(id);
        tag(again, Map.of("class", "gold"));

        // When
        var ofOriginal = sides.decide(sides.tagged(id)).plan();
        var ofCopy = sides.decide(sides.tagged(again)).plan();

        // Then
        assertThat(ofOriginal)
                .isEqualTo(new SyncMetadata(
                        again,
                        List.of(new MetadataChange.Tags(
                                new ObjectVersion(sides.replica, replica), Map.of("class", "gold"))),
                        true))
                .isEqualTo(ofCopy);
    }

    @Test
    void rule_34_of_what_was_put_back_twice_the_last_copy_stands_for_the_others() {
        // Given
        bothWays();
        var id = sides.put("one");
        sides.replicate(sides.created(id, 1));
        var again = putBack(id);
        var last = putBack(id);
        tag(last, Map.of("class", "gold"));

        // When
        var plan = (SyncMetadata) sides.decide(sides.tagged(again)).plan();

        // Then
        assertThat(plan.source()).isEqualTo(last);
    }

    @Test
    void rule_34_the_version_that_a_copy_stands_for_is_replicated_first() {
        // Given
        bothWays();
        var id = sides.put("one");
        var again = putBack(id);

        // When
        var plan = sides.decide(sides.tagged(again)).plan();

        // Then
        assertThat(plan)
                .isInstanceOfSatisfying(
                        Plan.StepFirst.class,
                        first -> assertThat(((Replicate) first.step())
                                        .source()
                                        .version()
                                        .id())
                                .isEqualTo(id));
    }

    @Test
    void rule_35_a_change_of_a_replica_reaches_the_original_and_what_was_put_back_of_it() {
        // Given
        bothWays();
        var original = sides.strangerPuts("theirs");
        var head = ((Present) sides.destination.head(sides.replica)).head();
        var here = sides.source
                .world()
                .put(sides.key, "theirs".getBytes(UTF_8), marked(head, Kind.IN_ORDER, sides.key), Map.of());
        sides.strangerPuts("between");
        var again = sides.destination
                .world()
                .put(sides.replica, "theirs".getBytes(UTF_8), marked(head, Kind.PUT_BACK, sides.replica), Map.of());
        tag(here, Map.of("class", "gold"));

        // When
        var plan = (SyncMetadata) sides.decide(sides.tagged(here)).plan();

        // Then
        assertThat(plan.changes())
                .containsExactly(
                        new MetadataChange.Tags(new ObjectVersion(sides.replica, again), Map.of("class", "gold")),
                        new MetadataChange.Tags(new ObjectVersion(sides.replica, original), Map.of("class", "gold")));
    }

    private static Map<String, String> marked(ObjectHead original, Kind kind, ObjectKey at) {
        return Map.of(MarkKeys.METADATA_NAME, TwoSides.KEYS.sign(Marks.of(original, null, kind), at));
    }
}

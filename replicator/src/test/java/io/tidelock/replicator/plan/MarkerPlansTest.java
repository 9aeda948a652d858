package io.tidelock.replicator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.PropagateDeleteMarker;
import io.tidelock.replicator.plan.Plan.PutBack;
import io.tidelock.replicator.plan.Plan.Skip;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.Precondition;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MarkerPlansTest {
    private final TwoSides sides = new TwoSides();

    private static ReplicationRule withoutMarkers(ReplicationRule rule) {
        return new ReplicationRule(
                rule.id(),
                rule.version(),
                rule.priority(),
                rule.enabled(),
                rule.filter(),
                rule.destination(),
                false,
                rule.sseKmsSelected(),
                rule.replicaModifications());
    }

    /** It says what it is to hide. */
    private PropagateDeleteMarker propagated(VersionId marker) {
        var seen = sides.destination.head(sides.replica) instanceof HeadAnswer.Present(var top)
                ? new Precondition.StillETag(top.eTag())
                : new Precondition.Anything();
        return new PropagateDeleteMarker(marker, sides.replica, seen);
    }

    @Test
    void rule_12_a_marker_is_propagated_where_the_rule_says_so() {
        // Given
        sides.replicate(sides.created(sides.put("one"), 1));
        var marker = sides.delete();

        // When / Then
        assertThat(sides.decide(sides.marker(marker, 2)).plan()).isEqualTo(propagated(marker));
    }

    @Test
    void rule_12_a_marker_stays_where_the_rule_does_not_say_so() {
        // Given
        sides.rule = withoutMarkers(TwoSides.RULE);

        // When / Then
        assertThat(sides.decide(sides.marker(sides.delete(), 1)).plan())
                .isEqualTo(new Skip(SkipReason.MARKERS_NOT_PROPAGATED));
        assertThat(sides.asked).isEmpty();
    }

    @Test
    void rule_05_a_marker_has_no_tags_that_a_rule_could_select() {
        // Given
        sides.rule = TwoSides.rule(new RuleFilter.Tagged("class", "gold"), RuleDestination.of("replicas"));

        // When / Then
        assertThat(sides.decide(sides.marker(sides.delete(), 1)).plan())
                .isEqualTo(new Skip(SkipReason.TAGS_DO_NOT_MATCH));
    }

    @Test
    void rule_05_a_rule_that_was_allowed_to_propagates_the_marker_that_hides_a_version_with_its_tags() {
        // Given
        sides.rule = TwoSides.rule(new RuleFilter.Tagged("class", "gold"), RuleDestination.of("replicas"));
        var gold = sides.source.world().put(sides.key, "one".getBytes(UTF_8), Map.of(), Map.of("class", "gold"));
        var marker = sides.delete();

        // When
        var early = sides.decide(sides.marker(marker, 2)).plan();
        sides.replicate(sides.created(gold, 1));
        var plan = sides.decide(sides.marker(marker, 2)).plan();

        // Then
        assertThat(early).isInstanceOf(Plan.StepFirst.class);
        assertThat(plan).isInstanceOf(Plan.PropagateDeleteMarker.class);
    }

    @Test
    void rule_05_a_marker_that_hides_no_version_with_the_tags_of_the_rule_stays() {
        // Given
        sides.rule = TwoSides.rule(new RuleFilter.Tagged("class", "gold"), RuleDestination.of("replicas"));
        sides.put("silver");

        // When / Then
        assertThat(sides.decide(sides.marker(sides.delete(), 2)).plan())
                .isEqualTo(new Skip(SkipReason.TAGS_DO_NOT_MATCH));
    }

    @Test
    void rule_13_removals_are_never_propagated() {
        // Given
        var id = sides.put("one");
        sides.source.world().remove(new ObjectVersion(sides.key, id));

        // When / Then
        assertThat(sides.decide(sides.removed(id)).plan()).isEqualTo(new Skip(SkipReason.REMOVALS_NEVER_PROPAGATED));
        assertThat(sides.asked).isEmpty();
    }

    @Test
    void rule_13_a_marker_that_was_undone_is_not_propagated_any_more() {
        // Given
        sides.replicate(sides.created(sides.put("one"), 1));
        var marker = sides.delete();
        sides.source.world().remove(new ObjectVersion(sides.key, marker));

        // When / Then
        assertThat(sides.decide(sides.marker(marker, 2)).plan()).isEqualTo(new Skip(SkipReason.SRC_VERSION_NOT_FOUND));
    }

    @Test
    void rule_14_a_marker_that_lifecycle_made_is_never_propagated() {
        // Given
        var occurrence =
                sides.occurrence(sides.delete(), 1L, "LifecycleExpiration:DeleteMarkerCreated", Cause.LIFECYCLE);

        // When / Then
        assertThat(sides.decide(new DeleteMarkerCreated(occurrence)).plan())
                .isEqualTo(new Skip(SkipReason.MADE_BY_LIFECYCLE));
    }

    @Test
    void rule_16_a_marker_waits_for_the_version_below_it() {
        // Given
        var below = sides.put("one");
        var marker = sides.delete();

        // When
        var plan = sides.decide(sides.marker(marker, 2)).plan();

        // Then
        assertThat(plan)
                .asInstanceOf(type(Plan.StepFirst.class))
                .extracting(first ->
                        ((Plan.Replicate) first.step()).source().version().id())
                .isEqualTo(below);
    }

    @Test
    void rule_16_a_marker_does_not_wait_for_what_will_never_be_copied() {
        // Given
        var copied = sides.put("one");
        sides.source
                .world()
                .put(
                        sides.key,
                        new byte[1],
                        Map.of(),
                        Map.of(),
                        new Encryption.SseKms("key", false, false),
                        "STANDARD");
        var marker = sides.delete();

        // When
        var first = sides.decide(sides.marker(marker, 3)).plan();
        sides.replicate(sides.created(copied, 1));
        var second = sides.decide(sides.marker(marker, 3)).plan();

        // Then
        assertThat(first).isInstanceOf(Plan.StepFirst.class);
        assertThat(second).isEqualTo(propagated(marker));
    }

    @Test
    void rule_18_a_marker_is_never_put_on_top_of_another() {
        // Given
        sides.replicate(sides.created(sides.put("one"), 1));
        sides.replicate(sides.marker(sides.delete(), 2));
        var second = sides.delete();

        // When / Then
        assertThat(sides.decide(sides.marker(second, 3)).plan()).isEqualTo(new Skip(SkipReason.MARKER_ALREADY_THERE));
    }

    @Test
    void a_marker_is_never_put_above_a_newer_version() {
        // Given
        sides.put("one");
        var marker = sides.delete();
        sides.replicate(sides.created(sides.put("two"), 3));

        // When / Then
        assertThat(sides.decide(sides.marker(marker, 2)).plan()).isEqualTo(new Skip(SkipReason.MARKER_OUTDATED));
    }

    @Test
    void a_marker_is_never_put_above_what_a_stranger_wrote_after_it() {
        // Given
        sides.replicate(sides.created(sides.put("one"), 1));
        sides.strangerPuts("before");
        var marker = sides.delete();
        var before = sides.decide(sides.marker(marker, 2)).plan();
        var expected = propagated(marker);
        sides.strangerPuts("after");

        // When
        var after = sides.decide(sides.marker(marker, 2)).plan();

        // Then
        assertThat(before).isEqualTo(expected);
        assertThat(after).isEqualTo(new Skip(SkipReason.MARKER_OUTDATED));
    }

    @Test
    void what_a_marker_hides_does_not_come_above_what_a_stranger_wrote_after_it() {
        // Given
        var hidden = sides.created(sides.put("one"), 1);
        sides.strangerPuts("before");
        sides.delete();
        var before = (Plan.Replicate) sides.decide(hidden).plan();
        var theirs = sides.strangerPuts("after");

        // When
        var after = (Plan.Replicate) sides.decide(hidden).plan();

        // Then
        assertThat(before.putBack()).isEmpty();
        assertThat(after.putBack())
                .get()
                .isInstanceOfSatisfying(
                        PutBack.Version.class,
                        back -> assertThat(back.replica().version().id()).isEqualTo(theirs));
    }

    @Test
    void a_copy_without_a_mark_that_covers_what_a_stranger_wrote_after_the_marker_is_not_left_there() {
        // Given
        var full = Map.of("long", "x".repeat(2000));
        var hidden = sides.created(sides.source.world().put(sides.key, "one".getBytes(UTF_8), full, Map.of()), 1);
        sides.delete();
        var theirs = sides.strangerPuts("after");
        sides.replicate(hidden);

        // When
        var plan = sides.decide(hidden).plan();

        // Then
        assertThat(plan)
                .isInstanceOfSatisfying(
                        Plan.Restack.class,
                        restack -> assertThat(restack.putBack())
                                .isInstanceOfSatisfying(
                                        PutBack.Version.class,
                                        back -> assertThat(
                                                        back.replica().version().id())
                                                .isEqualTo(theirs)));
    }

    @Test
    void a_marker_goes_above_a_late_copy_that_had_no_room_for_a_mark() {
        // Given
        var full = Map.of("long", "x".repeat(2000));
        var id = sides.source.world().put(sides.key, "one".getBytes(UTF_8), full, Map.of());
        var marker = sides.delete();
        sides.replicate(sides.created(id, 1));

        // When
        var plan = sides.decide(sides.marker(marker, 2)).plan();

        // Then
        assertThat(plan).isEqualTo(propagated(marker));
    }

    @Test
    void a_marker_below_a_newer_version_that_is_not_copied_yet_takes_its_turn() {
        // Given
        sides.replicate(sides.created(sides.put("one"), 1));
        var marker = sides.delete();
        sides.put("two");

        // When / Then
        assertThat(sides.decide(sides.marker(marker, 2)).plan()).isInstanceOf(PropagateDeleteMarker.class);
    }

    @Test
    void a_marker_that_tidelock_made_is_an_echo() {
        // Given
        sides.planner = new Planner(TwoSides.KEYS, Set.of("arn:aws:iam::1:role/tidelock"));
        var ours = new Occurrence(
                sides.key,
                sides.delete(),
                sides.clock.instant(),
                null,
                "arn:aws:iam::1:role/tidelock",
                "ObjectRemoved:DeleteMarkerCreated",
                Cause.REQUEST);

        // When / Then
        assertThat(sides.decide(new DeleteMarkerCreated(ours)).plan())
                .isEqualTo(new Skip(SkipReason.SOURCE_IS_REPLICA));
    }

    @Test
    void a_marker_without_a_version_id_is_the_one_made_nearest_to_the_event() {
        // Given
        sides.replicate(sides.created(sides.put("one"), 1));
        var marker = sides.delete();
        var event = new DeleteMarkerCreated(
                sides.occurrence(null, null, "ObjectRemoved:DeleteMarkerCreated", Cause.REQUEST));

        // When / Then
        assertThat(sides.decide(event).plan()).isEqualTo(propagated(marker));
    }

    @Test
    void rule_14_a_marker_without_a_version_id_that_was_undone_is_no_other_marker() {
        // Given
        sides.replicate(sides.created(sides.put("one"), 1));
        sides.delete(); // by lifecycle, long before
        var occurrence = sides.occurrence(null, null, "ObjectRemoved:DeleteMarkerCreated", Cause.REQUEST);
        var event = new DeleteMarkerCreated(new Occurrence(
                occurrence.object(),
                null,
                occurrence.time().plus(Duration.ofHours(1)),
                null,
                null,
                occurrence.name(),
                Cause.REQUEST));

        // When / Then
        assertThat(sides.decide(event).plan()).isEqualTo(new Skip(SkipReason.SRC_VERSION_NOT_FOUND));
    }
}

package io.tidelock.replicator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.mark.MarkCheck.Valid;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.PropagateDeleteMarker;
import io.tidelock.replicator.plan.Plan.PutBack;
import io.tidelock.replicator.plan.Plan.Refuse;
import io.tidelock.replicator.plan.Plan.Replicate;
import io.tidelock.replicator.plan.Plan.Skip;
import io.tidelock.replicator.plan.Plan.SyncMetadata;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.rule.WayBack;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.ReplicaWrite;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two buckets that replicate to each other. */
class ConcurrentChangesTest {
    private final TwoSides sides = new TwoSides();

    @BeforeEach
    void rulesLeadBothWays() {
        sides.wayBack = WayBack.WRITES_AND_MODIFICATIONS;
        sides.rule = modifying(true);
    }

    private static ReplicationRule modifying(boolean modifications) {
        var rule = TwoSides.rule(new RuleFilter.Everything(), RuleDestination.of("replicas"));
        return new ReplicationRule(
                rule.id(),
                rule.version(),
                rule.priority(),
                rule.enabled(),
                rule.filter(),
                rule.destination(),
                rule.deleteMarkers(),
                rule.sseKmsSelected(),
                modifications);
    }

    private static OriginMark markOf(ReplicaWrite write) {
        return ((Valid) TwoSides.KEYS.check(write.userMetadata(), write.destination())).mark();
    }

    /** A version here that is a replica of one there. */
    private VersionId replicaOf(VersionId there, String text) {
        var origin = ((HeadAnswer.Present) sides.destination.head(new ObjectVersion(sides.replica, there))).head();
        var mark = TwoSides.KEYS.sign(Marks.of(origin, null, Kind.IN_ORDER), sides.key);
        return sides.source
                .world()
                .put(sides.key, text.getBytes(UTF_8), Map.of(MarkKeys.METADATA_NAME, mark), Map.of());
    }

    @Test
    void rule_35_of_concurrent_writes_the_later_one_stays_and_the_earlier_one_becomes_history() {
        // Given
        var ours = sides.put("ours");
        var theirs = sides.strangerPuts("theirs, later");

        // When
        var plan = (Replicate) sides.decide(sides.created(ours, 1)).plan();

        // Then
        assertThat(markOf(plan.write()).kind()).isEqualTo(Kind.LATE);
        var back = (PutBack.Version) plan.putBack().orElseThrow();
        assertThat(back.replica().version().id()).isEqualTo(theirs);
        assertThat(markOf(back.write()).kind()).isEqualTo(Kind.PUT_BACK);
        assertThat(markOf(back.write()).source()).isEqualTo(sides.replicas);
        assertThat(markOf(back.write()).version()).isEqualTo(theirs);
    }

    @Test
    void rule_35_of_concurrent_writes_of_one_second_the_greater_id_stays() {
        // Given
        var second = new TwoSides(() -> TwoSides.START);
        second.wayBack = WayBack.WRITES;
        var ours = second.put("ours");
        var theirs = second.strangerPuts("theirs");
        assertThat(ours.value().compareTo(theirs.value())).isPositive();

        // When
        var plan = (Replicate) second.decide(second.created(ours, 1)).plan();

        // Then
        assertThat(markOf(plan.write()).kind()).isEqualTo(Kind.IN_ORDER);
    }

    @Test
    void rule_35_a_write_after_what_was_put_back_goes_on_top() {
        // Given
        var ours = sides.put("ours");
        sides.strangerPuts("theirs, later");
        var newer = sides.put("ours, after theirs");
        sides.replicateWhole(sides.created(ours, 1));

        // When
        var plan = (Replicate) sides.decide(sides.created(newer, 2)).plan();

        // Then
        assertThat(markOf(plan.write()).kind()).isEqualTo(Kind.IN_ORDER);
    }

    @Test
    void rule_49_what_was_put_back_here_is_no_new_write() {
        // Given
        var first = sides.put("first");
        var head = ((HeadAnswer.Present) sides.source.head(sides.key)).head();
        var mark = TwoSides.KEYS.sign(Marks.of(head, null, Kind.PUT_BACK), sides.key);
        var again = sides.source
                .world()
                .put(sides.key, "first".getBytes(UTF_8), Map.of(MarkKeys.METADATA_NAME, mark), Map.of());

        // When / Then
        assertThat(first).isNotEqualTo(again);
        assertThat(sides.decide(sides.created(again, 3)).plan()).isEqualTo(new Skip(SkipReason.SOURCE_IS_REPLICA));
    }

    @Test
    void rule_35_what_has_no_room_for_a_mark_cannot_be_put_back() {
        // Given
        var ours = sides.put("ours");
        sides.destination
                .world()
                .put(sides.replica, "theirs".getBytes(UTF_8), Map.of("long", "x".repeat(2000)), Map.of());

        // When
        var plan = sides.decide(sides.created(ours, 1)).plan();

        // Then
        assertThat(((Refuse) plan).reason()).isEqualTo(FailureReason.MARK_DOES_NOT_FIT);
    }

    @Test
    void rule_12_a_marker_that_was_made_there_later_stays_on_top() {
        // Given
        var ours = sides.put("ours");
        sides.destination.world().delete(sides.replica);

        // When
        var plan = (Replicate) sides.decide(sides.created(ours, 1)).plan();

        // Then
        assertThat(plan.putBack()).contains(new PutBack.Marker(sides.replica));
    }

    @Test
    void rule_12_a_marker_that_may_be_our_own_does_not_stay_above_a_later_write() {
        // Given
        sides.replicateWhole(sides.created(sides.put("first"), 1));
        sides.delete();
        var again = sides.put("again");
        sides.destination.putDeleteMarker(sides.replica);

        // When
        var plan = (Replicate) sides.decide(sides.created(again, 3)).plan();

        // Then
        assertThat(plan.putBack()).isEmpty();
    }

    @Test
    void rule_12_a_marker_does_not_go_above_what_came_from_there_after_it() {
        // Given
        var ours = sides.put("ours");
        sides.replicateWhole(sides.created(ours, 1));
        var theirs = sides.strangerPuts("theirs");
        var marker = sides.delete();
        replicaOf(theirs, "theirs");

        // When / Then
        assertThat(sides.decide(sides.marker(marker, 2)).plan()).isEqualTo(new Skip(SkipReason.MARKER_OUTDATED));
    }

    @Test
    void rule_12_a_marker_that_is_later_than_what_was_written_there_goes_on_top() {
        // Given
        var ours = sides.put("ours");
        sides.replicateWhole(sides.created(ours, 1));
        sides.strangerPuts("theirs");
        var marker = sides.delete();

        // When / Then
        assertThat(sides.decide(sides.marker(marker, 2)).plan()).isInstanceOf(PropagateDeleteMarker.class);
    }

    @Test
    void rule_35_a_change_made_on_a_replica_flows_back_where_both_sides_want_it() {
        // Given
        var theirs = sides.strangerPuts("theirs");
        var replica = replicaOf(theirs, "theirs");
        sides.source.putTags(new ObjectVersion(sides.key, replica), Map.of("class", "gold"));

        // When
        var plan = sides.decide(sides.tagged(replica)).plan();

        // Then
        assertThat(plan)
                .isEqualTo(new SyncMetadata(
                        replica,
                        List.of(new MetadataChange.Tags(
                                new ObjectVersion(sides.replica, theirs), Map.of("class", "gold"))),
                        true));
    }

    @Test
    void rule_35_a_change_made_on_a_replica_stays_where_one_side_does_not_want_it() {
        // Given
        var theirs = sides.strangerPuts("theirs");
        var replica = replicaOf(theirs, "theirs");
        sides.source.putTags(new ObjectVersion(sides.key, replica), Map.of("class", "gold"));

        // When
        sides.rule = modifying(false);
        var notHere = sides.decide(sides.tagged(replica)).plan();
        sides.rule = modifying(true);
        sides.wayBack = WayBack.WRITES;
        var notThere = sides.decide(sides.tagged(replica)).plan();

        // Then
        assertThat(List.of(notHere, notThere)).containsOnly(new Skip(SkipReason.SOURCE_IS_REPLICA));
    }

    @Test
    void rule_22_a_change_of_a_replica_whose_original_is_gone_fails() {
        // Given
        var theirs = sides.strangerPuts("theirs");
        var replica = replicaOf(theirs, "theirs");
        sides.destination.world().remove(new ObjectVersion(sides.replica, theirs));

        // When / Then
        assertThat(((Refuse) sides.decide(sides.tagged(replica)).plan()).reason())
                .isEqualTo(FailureReason.DstVersionNotFound);
    }

    @Test
    void rule_49_a_change_that_tidelock_made_is_an_echo() {
        // Given
        sides.planner = new Planner(TwoSides.KEYS, Set.of("us"));
        var id = sides.put("one");
        var seen = sides.tagged(id).occurrence();
        var echo = new MetadataChanged(
                new Occurrence(seen.object(), id, seen.time(), null, "us", seen.name(), seen.cause()), Aspect.TAGS);

        // When / Then
        assertThat(sides.decide(echo).plan()).isEqualTo(new Skip(SkipReason.SOURCE_IS_REPLICA));
        assertThat(sides.asked).isEmpty();
    }
}

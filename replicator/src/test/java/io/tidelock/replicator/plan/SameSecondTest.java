package io.tidelock.replicator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.mark.MarkCheck.Valid;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.PropagateDeleteMarker;
import io.tidelock.replicator.plan.Plan.PutBack;
import io.tidelock.replicator.plan.Plan.Replicate;
import io.tidelock.replicator.plan.Plan.Skip;
import io.tidelock.replicator.plan.Plan.StepFirst;
import io.tidelock.replicator.rule.WayBack;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.InMemoryObjectStore;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two buckets that replicate to each other, where all that happens happens in one second, and ids are in no order. */
class SameSecondTest {
    private final TwoSides sides = new TwoSides(() -> TwoSides.START);

    @BeforeEach
    void rulesLeadBothWays() {
        sides.wayBack = WayBack.WRITES;
    }

    private void hereIdsAre(String... ids) {
        areIds(sides.source, ids);
    }

    private void thereIdsAre(String... ids) {
        areIds(sides.destination, ids);
    }

    private static void areIds(InMemoryObjectStore store, String... ids) {
        store.world().ids(number -> ids[(int) number - 1]);
    }

    private VersionId thereDeleted() {
        return sides.destination.world().delete(sides.replica);
    }

    private ObjectHead here(VersionId id) {
        return ((HeadAnswer.Present) sides.source.head(new ObjectVersion(sides.key, id))).head();
    }

    private ObjectHead there(VersionId id) {
        return ((HeadAnswer.Present) sides.destination.head(new ObjectVersion(sides.replica, id))).head();
    }

    /** What Tidelock writes here. */
    private void arrives(ObjectHead origin, String text, Kind kind) {
        var mark = TwoSides.KEYS.sign(Marks.of(origin, null, kind), sides.key);
        sides.source.world().put(sides.key, text.getBytes(UTF_8), Map.of(MarkKeys.METADATA_NAME, mark), Map.of());
    }

    private static Kind kind(Plan plan) {
        var write = ((Replicate) plan).write();
        return ((Valid) TwoSides.KEYS.check(write.userMetadata(), write.destination()))
                .mark()
                .kind();
    }

    private Plan decide(VersionId version) {
        return sides.decide(sides.created(version, 9)).plan();
    }

    private Plan decideMarker(VersionId marker) {
        return sides.decide(sides.marker(marker, 9)).plan();
    }

    @Test
    void rule_35_what_lies_above_a_winner_wins_as_well() {
        // Given
        hereIdsAre("c", "a");
        thereIdsAre("b");
        sides.put("a winner");
        var above = sides.put("above it");
        sides.strangerPuts("theirs");

        // When / Then
        assertThat(kind(decide(above))).isEqualTo(Kind.IN_ORDER);
    }

    @Test
    void rule_35_what_lies_above_a_copy_is_not_as_strong_as_the_copy() {
        // Given
        hereIdsAre("z", "a");
        thereIdsAre("0", "b");
        arrives(there(sides.strangerPuts("former")), "former", Kind.IN_ORDER);
        var ours = sides.put("ours");
        sides.strangerPuts("theirs");

        // When / Then
        assertThat(kind(decide(ours))).isEqualTo(Kind.LATE);
    }

    @Test
    void rule_35_a_persons_copy_of_a_replica_is_as_strong_as_any_version() {
        // Given
        hereIdsAre("0", "z", "a");
        thereIdsAre("1", "b");
        var former = there(sides.strangerPuts("former"));
        arrives(former, "former", Kind.IN_ORDER);
        arrives(former, "former", Kind.IN_ORDER);
        var ours = sides.put("ours");
        sides.strangerPuts("theirs");

        // When / Then
        assertThat(kind(decide(ours))).isEqualTo(Kind.IN_ORDER);
    }

    @Test
    void rule_12_a_marker_is_as_strong_as_what_it_hides() {
        // Given
        hereIdsAre("c", "a");
        thereIdsAre("b");
        sides.put("ours");
        var marker = sides.delete();
        sides.strangerPuts("theirs");

        // When / Then
        assertThat(((StepFirst) decideMarker(marker)).step()).isInstanceOf(Replicate.class);
    }

    @Test
    void rule_12_a_marker_that_hides_nothing_of_its_second_is_weaker_than_a_version() {
        // Given
        hereIdsAre("z");
        thereIdsAre("a");
        var marker = sides.delete();
        sides.strangerPuts("theirs");

        // When / Then
        assertThat(decideMarker(marker)).isEqualTo(new Skip(SkipReason.MARKER_OUTDATED));
    }

    @Test
    void rule_12_a_marker_that_lost_to_a_version_is_not_the_cause_of_one_that_hides_it() {
        // Given
        hereIdsAre("x", "y");
        thereIdsAre("a", "copy");
        thereDeleted();
        sides.replicate(sides.created(sides.put("ours"), 1));
        var marker = sides.delete();

        // When / Then
        assertThat(decideMarker(marker)).isInstanceOf(PropagateDeleteMarker.class);
    }

    @Test
    void rule_12_a_marker_is_not_the_cause_of_one_above_a_late_copy_of_what_was_written_after_it() {
        // Given
        hereIdsAre("e", "late", "put-back", "b");
        thereIdsAre("a", "8");
        var ours = here(sides.put("ours"));
        thereDeleted();
        arrives(there(sides.strangerPuts("theirs")), "theirs", Kind.LATE);
        arrives(ours, "ours", Kind.PUT_BACK);
        var marker = sides.delete();

        // When / Then
        assertThat(((StepFirst) decideMarker(marker)).step()).isInstanceOf(Replicate.class);
    }

    @Test
    void rule_12_a_marker_is_not_the_cause_of_one_that_hides_what_it_would_have_lost_to() {
        // Given
        hereIdsAre("e1", "6", "1");
        thereIdsAre("e3", "late", "put-back", "8");
        var former = sides.put("ours");
        sides.strangerPuts("theirs");
        sides.replicateWhole(sides.created(former, 1));
        thereDeleted();
        sides.delete();
        var ours = sides.put("ours, again");

        // When
        var plan = decide(ours);

        // Then
        assertThat(kind(plan)).isEqualTo(Kind.LATE);
        assertThat(((Replicate) plan).putBack()).contains(new PutBack.Marker(sides.replica));
    }

    @Test
    void rule_12_a_marker_on_a_marker_is_that_marker() {
        // Given
        hereIdsAre("copy", "m", "b");
        thereIdsAre("d", "n1", "n2");
        arrives(there(sides.strangerPuts("theirs")), "theirs", Kind.IN_ORDER);
        sides.replicate(sides.marker(sides.delete(), 1));
        thereDeleted();
        var ours = sides.put("ours");

        // When / Then
        assertThat(kind(decide(ours))).isEqualTo(Kind.IN_ORDER);
    }

    @Test
    void what_lies_above_the_copy_of_a_marker_goes_above_that_marker() {
        // Given
        hereIdsAre("copy", "6", "n", "4");
        thereIdsAre("e", "m");
        arrives(there(sides.strangerPuts("theirs")), "theirs", Kind.IN_ORDER);
        thereDeleted();
        sides.put("ours");
        sides.delete();
        var again = sides.put("ours, again");

        // When / Then
        assertThat(kind(decide(again))).isEqualTo(Kind.IN_ORDER);
    }
}

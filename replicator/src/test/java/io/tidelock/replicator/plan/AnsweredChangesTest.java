package io.tidelock.replicator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.mark.MarkCheck.Valid;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.PropagateDeleteMarker;
import io.tidelock.replicator.plan.Plan.Replicate;
import io.tidelock.replicator.plan.Plan.Skip;
import io.tidelock.replicator.rule.WayBack;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.ReplicaWrite;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two buckets that replicate to each other, and what people do to what came from the other one. Here the clock is behind. */
class AnsweredChangesTest {
    private Instant now = TwoSides.START;
    private final TwoSides sides = new TwoSides(() -> now);

    @BeforeEach
    void rulesLeadBothWays() {
        sides.wayBack = WayBack.WRITES;
    }

    private void thereItIsLater() {
        now = TwoSides.START.plusSeconds(30);
    }

    private void hereItIsNow() {
        now = TwoSides.START;
    }

    private static OriginMark markOf(ReplicaWrite write) {
        return ((Valid) TwoSides.KEYS.check(write.userMetadata(), write.destination())).mark();
    }

    private static void isInOrder(Plan plan) {
        assertThat(markOf(((Replicate) plan).write()).kind()).isEqualTo(Kind.IN_ORDER);
        assertThat(((Replicate) plan).putBack()).isEmpty();
    }

    private void arrives(VersionId there, String text) {
        var origin = ((HeadAnswer.Present) sides.destination.head(new ObjectVersion(sides.replica, there))).head();
        var mark = TwoSides.KEYS.sign(Marks.of(origin, null, Kind.IN_ORDER), sides.key);
        sides.source.world().put(sides.key, text.getBytes(UTF_8), Map.of(MarkKeys.METADATA_NAME, mark), Map.of());
    }

    @Test
    void rule_35_what_is_written_above_the_copy_of_a_version_goes_above_that_version() {
        // Given
        thereItIsLater();
        var theirs = sides.strangerPuts("theirs");
        hereItIsNow();
        arrives(theirs, "theirs");
        var answer = sides.put("an answer");

        // When / Then
        isInOrder(sides.decide(sides.created(answer, 1)).plan());
    }

    @Test
    void rule_35_what_is_written_beside_a_version_that_is_not_here_yet_stays_below_it() {
        // Given
        arrives(sides.strangerPuts("former"), "former");
        thereItIsLater();
        sides.strangerPuts("theirs");
        hereItIsNow();
        var beside = sides.put("no answer");

        // When
        var plan = (Replicate) sides.decide(sides.created(beside, 1)).plan();

        // Then
        assertThat(markOf(plan.write()).kind()).isEqualTo(Kind.LATE);
    }

    @Test
    void rule_12_a_marker_above_the_copy_of_a_version_hides_that_version() {
        // Given
        thereItIsLater();
        var theirs = sides.strangerPuts("theirs");
        hereItIsNow();
        arrives(theirs, "theirs");
        var marker = sides.delete();

        // When / Then
        assertThat(sides.decide(sides.marker(marker, 1)).plan()).isInstanceOf(PropagateDeleteMarker.class);
    }

    @Test
    void rule_12_a_marker_that_comes_back_within_its_second_does_not_hide_what_was_written_after_the_one_it_copies() {
        // Given
        arrives(sides.strangerPuts("theirs"), "theirs");
        sides.destination.world().delete(sides.replica);
        sides.strangerPuts("theirs, again");
        var copy = sides.delete();

        // When / Then
        assertThat(sides.decide(sides.marker(copy, 1)).plan()).isEqualTo(new Skip(SkipReason.SOURCE_IS_REPLICA));
    }

    @Test
    void rule_12_a_marker_above_what_was_written_in_the_second_of_another_marker_is_no_copy_of_that() {
        // Given
        sides.destination.world().delete(sides.replica);
        var again = sides.strangerPuts("again, within the second");
        arrives(again, "again, within the second");
        var marker = sides.delete();

        // When / Then
        assertThat(sides.decide(sides.marker(marker, 1)).plan()).isInstanceOf(PropagateDeleteMarker.class);
    }
}

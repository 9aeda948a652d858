package io.tidelock.replicator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.Replicate;
import io.tidelock.replicator.plan.Plan.Skip;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Versions whose copies are hard to find again. */
class RepeatedVersionsTest {
    private final TwoSides sides = new TwoSides();

    @Test
    void a_copy_without_a_mark_is_recognised_where_the_source_carries_a_mark_that_is_not_ours() {
        // Given
        var full = Map.of("long", "x".repeat(1990), "tidelock-origin", "x");
        var event = sides.created(sides.source.world().put(sides.key, "one".getBytes(UTF_8), full, Map.of()), 1);
        sides.replicate(event);

        // When / Then
        assertThat(sides.decide(event).plan()).isEqualTo(new Skip(SkipReason.ALREADY_REPLICATED));
    }

    @Test
    void of_two_versions_of_one_second_the_older_one_is_not_written_again_after_the_newer_one_was_removed() {
        // Given
        var second = new TwoSides(() -> TwoSides.START);
        var one = second.put("one");
        second.replicate(second.created(one, 1));
        var two = second.put("two");
        second.replicate(second.created(two, 2));
        second.source.world().remove(new ObjectVersion(second.key, two));

        // When
        var resync = new ObjectCreated(second.occurrence(one, null, "ObjectCreated:Put", Cause.JOB), 3L, null);

        // Then
        assertThat(second.decide(resync).plan()).isEqualTo(new Skip(SkipReason.ALREADY_REPLICATED));
    }

    @Test
    void a_version_goes_above_one_of_the_same_second_that_was_removed() {
        // Given
        var second = new TwoSides(() -> TwoSides.START);
        var one = second.put("one");
        second.replicate(second.created(one, 1));
        var two = second.put("two");
        second.source.world().remove(new ObjectVersion(second.key, one));

        // When
        var resync = new ObjectCreated(second.occurrence(two, null, "ObjectCreated:Put", Cause.JOB), 3L, null);

        // Then
        assertThat(second.decide(resync).plan()).isInstanceOf(Replicate.class);
    }
}

package io.tidelock.replicator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.Skip;
import org.junit.jupiter.api.Test;

/** Rows of the cookbook about what is not replicated; a test's name begins with the numbers of its rows. */
class CookbookPlansTest {
    private final TwoSides sides = new TwoSides();

    @Test
    void row_120_150_a_version_that_is_removed_at_the_source_stays_at_the_destination() {
        // Given
        var id = sides.put("one");
        sides.replicate(sides.created(id, 1));
        sides.source.world().remove(new ObjectVersion(sides.key, id));

        // When / Then
        assertThat(sides.decide(sides.removed(id)).plan()).isEqualTo(new Skip(SkipReason.REMOVALS_NEVER_PROPAGATED));
    }
}

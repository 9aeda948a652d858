package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.StoreHook.Moment;
import org.junit.jupiter.api.Test;

/** Whose a replica is, where a store does not say so at once. */
class OwnerCheckTest {
    private final Copying copying = new Copying();
    private final TwoSides sides = copying.sides;

    @Test
    void rule_30_a_look_that_a_passing_error_stopped_is_made_up_for_with_the_next_replica() {
        // Given
        sides.rule = TwoSides.rule(
                new RuleFilter.Everything(), new RuleDestination("replicas", "222", null, null, true, false, false));
        sides.destination.world().owner(sides.replicas, "source-owner", "BucketOwnerEnforced");
        sides.destination.hook(Copying.failing(Moment.BEFORE, StoreCall.GetObjectAcl, StoreFailure.UNAVAILABLE, 1));
        copying.run(copying.created("one", 1));

        // When
        var outcome = copying.run(copying.created("two", 2));

        // Then
        assertThat(((Outcome.Failed) outcome).reason()).isEqualTo(FailureReason.DST_OWNER_NOT_OVERRIDDEN);
    }

    @Test
    void rule_30_every_owner_is_looked_at_where_the_rule_says_so() {
        // Given
        var destination = new RuleDestination("replicas", "222", null, null, true, false, false);
        sides.rule = TwoSides.rule(new RuleFilter.Everything(), destination.withOwnersVerified());
        sides.destination.world().owner(sides.replicas, "destination-owner", "BucketOwnerEnforced");
        copying.run(copying.created("one", 1));
        sides.destination.world().owner(sides.replicas, "source-owner", "BucketOwnerEnforced");

        // When
        var outcome = copying.run(copying.created("two", 2));

        // Then
        assertThat(((Outcome.Failed) outcome).reason()).isEqualTo(FailureReason.DST_OWNER_NOT_OVERRIDDEN);
    }
}

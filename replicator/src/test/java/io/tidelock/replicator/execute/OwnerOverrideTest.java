package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome.Failed;
import io.tidelock.replicator.outcome.Outcome.Replicated;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.store.StoreCall;
import org.junit.jupiter.api.Test;

/** Replicas that are to belong to the destination account. */
class OwnerOverrideTest {
    private final Copying copying = new Copying();
    private final TwoSides sides = copying.sides;

    private static ReplicationRule toAnotherAccount() {
        var rule = TwoSides.RULE;
        var destination = new RuleDestination("replicas", "222", null, null, true, false, false);
        return new ReplicationRule("r", rule.version(), 1, true, rule.filter(), destination, true, true, false);
    }

    @Test
    void rule_30_the_owner_of_replicas_is_looked_at_first_and_then_now_and_then() {
        // Given
        sides.rule = toAnotherAccount();

        // When
        for (var i = 1; i <= 6; i++) {
            assertThat(copying.run(copying.created("version " + i, i))).isInstanceOf(Replicated.class);
        }

        // Then
        assertThat(sides.destination.count(StoreCall.GetObjectAcl)).isEqualTo(2);
    }

    @Test
    void rule_30_a_replica_that_the_sources_owner_still_owns_is_a_failure_every_time() {
        // Given
        sides.rule = toAnotherAccount();
        sides.destination.world().owner(sides.replicas, "source-owner", "BucketOwnerEnforced");

        // When / Then
        for (var i = 1; i <= 4; i++) {
            var outcome = (Failed) copying.run(copying.created("version " + i, i));
            assertThat(outcome.reason()).isEqualTo(FailureReason.DST_OWNER_NOT_OVERRIDDEN);
        }
    }
}

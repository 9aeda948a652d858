package io.tidelock.replicator.plan;

import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Decision.Decided;

/** Short names for the decisions that do nothing. */
final class Answers {
    private Answers() {}

    static Decided skip(SkipReason reason, String because) {
        return new Decided(new Plan.Skip(reason), because);
    }

    static Decided refuse(FailureReason reason, String because) {
        return new Decided(new Plan.Refuse(reason, because), because);
    }
}

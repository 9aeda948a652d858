package io.tidelock.replicator.execute;

import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;

/** How running one operation ended. */
public sealed interface RunEnd {
    /** With an outcome. */
    record Ended(Outcome outcome) implements RunEnd {}

    /**
     * It may succeed later, but not soon.
     *
     * @param attempts how many tries it took; 0 when the destination's breaker let none begin
     */
    record Stuck(FailureReason reason, int attempts) implements RunEnd {}
}

package io.tidelock.replicator;

import io.tidelock.replicator.outcome.FailureReason;
import java.util.Optional;

/** Where a task was read decides what becomes of it when its destination does not take it now. Thread-safe. */
interface Origin {
    /** Why it must not be tried now, asked when its turn has come; empty when it may. */
    Optional<FailureReason> obstacle(LaneTask task);

    /** It was not done and may be later; told once a turn. */
    void stuck(LaneTask task, FailureReason reason, int attempts);

    /** It has all of its outcomes. */
    default void settled(LaneTask task) {}
}

package io.tidelock.replicator.outcome;

import java.time.Instant;

/**
 * An operation whose destination could not take it, set aside until it can.
 *
 * @param parkedAt when it was set aside, the last time
 * @param reason why
 * @param attempts how many tries it took until then; 0 where it only queued behind others
 * @param round how often it was moved to the end of the queue, from 0; work of the same key and a later round comes before it
 */
public record Parked(Operation operation, Instant parkedAt, FailureReason reason, int attempts, int round) {
    public Parked {
        if (attempts < 0 || round < 0) {
            throw new IllegalArgumentException(
                    "attempts and round must not be negative, were " + attempts + " and " + round);
        }
        if (operation.replica() == null) {
            throw new IllegalArgumentException("an operation without a replica key has nothing to wait for");
        }
    }
}

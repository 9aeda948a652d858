package io.tidelock.replicator;

import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.rule.RuleBook;
import java.time.Instant;

/**
 * How an operation ends that no rule speaks of: as a skip, unless its bucket was to hold rules of its own and has lost them,
 * as nobody knows then whether one of them would have spoken of it.
 */
final class Unruled {
    private Unruled() {}

    static Outcome of(Operation operation, RuleBook book, Instant endedAt, int attempts) {
        var source = operation.event().object().bucket();
        return book.isUnconfigured(source)
                ? new Outcome.Failed(
                        operation,
                        endedAt,
                        attempts,
                        FailureReason.SrcBucketReplicationConfigMissing,
                        "the bucket " + source
                                + " had no replication configuration that can be used when it was last asked; the log says why")
                : new Outcome.Skipped(operation, endedAt, attempts, SkipReason.NO_RULE);
    }
}

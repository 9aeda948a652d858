package io.tidelock.replicator.execute;

import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.SkipReason;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One try of one operation, as its outcome will tell.
 *
 * @param number from 1; 0 for what needed no look at a store
 */
record Attempt(Operation operation, int number, InstantSource clock) {
    Outcome replicated(VersionId source, VersionId replica, long bytes, boolean marked, boolean restacked) {
        return new Outcome.Replicated(operation, clock.instant(), number, source, replica, bytes, marked, restacked);
    }

    Outcome markerPropagated(VersionId source, VersionId replica) {
        return new Outcome.DeleteMarkerPropagated(operation, clock.instant(), number, source, replica);
    }

    Outcome synced(VersionId source, VersionId replica) {
        return new Outcome.MetadataSynced(operation, clock.instant(), number, source, replica);
    }

    Outcome skipped(SkipReason reason) {
        return new Outcome.Skipped(operation, clock.instant(), number, reason);
    }

    Outcome failed(FailureReason reason, @Nullable String detail) {
        return new Outcome.Failed(operation, clock.instant(), number, reason, detail);
    }
}

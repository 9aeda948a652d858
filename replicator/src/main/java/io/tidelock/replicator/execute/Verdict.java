package io.tidelock.replicator.execute;

import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;

/** What follows from a store's refusal. */
sealed interface Verdict {
    /** What was seen is not there any more: look again and decide anew. */
    record LookAgain() implements Verdict {}

    /** The same may succeed later. */
    record TryLater(FailureReason reason) implements Verdict {}

    /** Nothing has to be done after all. */
    record Needless(SkipReason reason) implements Verdict {}

    /** Only a person can help. */
    record Permanent(FailureReason reason) implements Verdict {}
}

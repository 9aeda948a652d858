package io.tidelock.replicator.execute;

import io.tidelock.replicator.outcome.Outcome;

/** What became of a plan. */
sealed interface Execution {
    /** It ended. */
    record Ended(Outcome outcome) implements Execution {}

    /** A step was done, or what was seen has changed meanwhile: look again and decide anew. */
    record Again() implements Execution {}
}

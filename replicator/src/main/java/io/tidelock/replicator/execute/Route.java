package io.tidelock.replicator.execute;

import io.tidelock.replicator.plan.Assignment;

/** An assignment and the two stores that it concerns. */
public record Route(Assignment assignment, Endpoint source, Endpoint destination) {
    /** Whether one credential reaches both ends. */
    boolean isWithinOneStore() {
        return source.name().equals(destination.name());
    }

    /** Whether the one store at both ends copies by itself. */
    boolean isCopiedByStore() {
        return isWithinOneStore() && destination.store().capabilities().copiesWhole();
    }
}

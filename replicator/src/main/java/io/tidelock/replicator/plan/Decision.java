package io.tidelock.replicator.plan;

/** What the planner says: a question first, as long as it lacks a fact, and then a plan. */
public sealed interface Decision {
    /** This has to be known before anything can be decided. */
    record Ask(Question<?> question) implements Decision {}

    /**
     * This is to be done.
     *
     * @param because why, in a few words for a person
     */
    record Decided(Plan plan, String because) implements Decision {}
}

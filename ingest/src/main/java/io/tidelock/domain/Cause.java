package io.tidelock.domain;

/** Who or what made a change happen, as far as the event says. */
public enum Cause {
    /** A request of a person or program. */
    REQUEST,
    /** The store's lifecycle; never propagated (rule 14). */
    LIFECYCLE,
    /** The store's own replication brought it here (rules 48, 49). */
    REPLICATION,
    /** Tidelock itself asked for a look: resync, sweep, redrive. */
    JOB
}

package io.tidelock.domain;

/**
 * What a job wants to be looked at.
 *
 * @param ruleId the one rule of the event's bucket that is meant
 * @param purpose why
 */
public record Look(String ruleId, Purpose purpose) {
    /** Why a job wants a look. */
    public enum Purpose {
        /** A person asked for it: whatever is missing is copied, whoever removed it. */
        RESYNC,
        /** Some event may have been lost. What failed before is left alone, and so is a replica that was removed. */
        SWEEP,
        /** The same, but the configuration has changed since, so that what failed before is tried again. */
        SWEEP_AGAIN,
        /**
         * A former owner of the key's partition may have written to the replica after its successor. The event's time is the one from which on
         * that is over, and the look waits for it.
         */
        TAKEOVER
    }
}

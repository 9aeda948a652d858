package io.tidelock.sandbox.model;

import java.time.Instant;

/**
 * Until when a version cannot be removed (UG: Locking objects with Object Lock, retention periods).
 *
 * @param mode how strictly
 * @param until the end, in whole seconds at least
 */
public record Retention(Mode mode, Instant until) {
    /** How strictly a version is kept (UG: Locking objects with Object Lock, retention modes). */
    public enum Mode {
        /** Those with a special permission can remove the version or change its retention. */
        GOVERNANCE,
        /** Nobody can remove the version, and the retention can only be made longer. */
        COMPLIANCE
    }

    boolean holdsAt(Instant now) {
        return now.isBefore(until);
    }

    /** Whether this takes nothing away from an earlier retention: the mode stays and the end does not come nearer. */
    boolean extending(Retention earlier) {
        return mode == earlier.mode && !until.isBefore(earlier.until);
    }
}

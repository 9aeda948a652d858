package io.tidelock.scenarios.chaos;

import java.time.Duration;

/**
 * One fault of a schedule.
 *
 * @param at when it begins, from the start of the run
 * @param lasts how long it lasts
 * @param instance which instance it strikes, from 0, where it strikes one
 * @param share how many of the fitting requests it strikes, above 0 and at most 1, where it strikes requests
 * @param seed decides which ones
 */
record Incident(FaultKind kind, Duration at, Duration lasts, int instance, double share, long seed) {
    Incident {
        if (at.isNegative() || !lasts.isPositive()) {
            throw new IllegalArgumentException("an incident begins at " + at + " and lasts " + lasts);
        }
    }
}

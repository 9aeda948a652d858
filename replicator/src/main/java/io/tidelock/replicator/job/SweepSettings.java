package io.tidelock.replicator.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How source buckets are swept for what no event told.
 *
 * @param every {@code sweep.every}: the time from the beginning of one pass over a rule's bucket to the next, from 1 second
 * @param rate {@code sweep.rate}: events a second that an instance makes at most, from 1
 * @param olderThan {@code sweep.olderThan}: younger versions are left to the next pass, as their event may be on its way
 * @param since {@code sweep.since}: older versions are left alone; where it is empty, those from before the rule was first
 *     seen
 * @param deleteMarkerRules {@code sweep.deleteMarkerRules}: the ids of rules whose delete markers are swept, too
 */
public record SweepSettings(
        Duration every, int rate, Duration olderThan, Optional<Instant> since, Set<String> deleteMarkerRules) {
    private static final Duration EVERY_MIN = Duration.ofSeconds(1);

    public SweepSettings {
        if (every.compareTo(EVERY_MIN) < 0) {
            throw new IllegalArgumentException("sweep.every must be at least 1s, was " + every);
        }
        if (rate < 1) {
            throw new IllegalArgumentException("sweep.rate must be at least 1, was " + rate);
        }
        deleteMarkerRules = Set.copyOf(deleteMarkerRules);
    }
}

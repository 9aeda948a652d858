package io.tidelock.replicator.execute;

import java.time.Duration;

/**
 * How failed tries are repeated before the work is parked: each wait is drawn from nothing up to a bound that doubles.
 *
 * @param delayMin {@code replicator.retry.delayMin}: the first bound; at least 1 ms
 * @param delayMax {@code replicator.retry.delayMax}: the last bound; at least {@code delayMin}
 * @param triesMax {@code replicator.retry.triesMax}: how often an operation is tried in its lane before it is parked, from 1
 * @param mismatchesMax {@code replicator.retry.mismatchesMax}: how often a replica may differ from its source before that
 *     is taken for permanent, from 1 to {@code triesMax}
 */
public record RetrySettings(Duration delayMin, Duration delayMax, int triesMax, int mismatchesMax) {
    /** 100 ms to 10 seconds; 6 tries; 5 mismatches. */
    public static final RetrySettings DEFAULT = new RetrySettings(Duration.ofMillis(100), Duration.ofSeconds(10), 6, 5);

    public RetrySettings {
        if (delayMin.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("replicator.retry.delayMin must be at least PT0.001S, was " + delayMin);
        }
        if (delayMax.compareTo(delayMin) < 0) {
            throw new IllegalArgumentException(
                    "replicator.retry.delayMax must be at least delayMin (" + delayMin + "), was " + delayMax);
        }
        if (triesMax < 1) {
            throw new IllegalArgumentException("replicator.retry.triesMax must be at least 1, was " + triesMax);
        }
        if (mismatchesMax < 1 || mismatchesMax > triesMax) {
            throw new IllegalArgumentException("replicator.retry.mismatchesMax must be between 1 and triesMax ("
                    + triesMax + "), was " + mismatchesMax);
        }
    }
}

package io.tidelock.replicator.execute;

import java.time.Duration;

/**
 * How failed tries are repeated: for as long as it takes, each wait drawn from nothing up to a bound that doubles.
 *
 * @param delayMin {@code replicator.retry.delayMin}: the first bound; at least 1 ms
 * @param delayMax {@code replicator.retry.delayMax}: the last bound; at least {@code delayMin}
 * @param mismatchesMax {@code replicator.retry.mismatchesMax}: how often a replica may differ from its source before that
 *     is taken for permanent, from 1
 */
public record RetrySettings(Duration delayMin, Duration delayMax, int mismatchesMax) {
    /** 100 ms to 1 minute; 5 mismatches. */
    public static final RetrySettings DEFAULT = new RetrySettings(Duration.ofMillis(100), Duration.ofMinutes(1), 5);

    public RetrySettings {
        if (delayMin.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("replicator.retry.delayMin must be at least PT0.001S, was " + delayMin);
        }
        if (delayMax.compareTo(delayMin) < 0) {
            throw new IllegalArgumentException(
                    "replicator.retry.delayMax must be at least delayMin (" + delayMin + "), was " + delayMax);
        }
        if (mismatchesMax < 1) {
            throw new IllegalArgumentException(
                    "replicator.retry.mismatchesMax must be at least 1, was " + mismatchesMax);
        }
    }
}

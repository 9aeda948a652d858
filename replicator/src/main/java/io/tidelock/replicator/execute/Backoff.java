package io.tidelock.replicator.execute;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: exponential with full jitter, so that many waiters spread evenly. Thread-safe. */
public final class Backoff {
    private static final double FACTOR = 2;

    private final IntervalFunction bound;
    private final RandomGenerator chance;

    /**
     * Waits between two bounds.
     *
     * @param chance must be thread-safe
     */
    public Backoff(Duration delayMin, Duration delayMax, RandomGenerator chance) {
        this.bound = IntervalFunction.ofExponentialBackoff(delayMin, FACTOR, delayMax);
        this.chance = chance;
    }

    /**
     * A wait drawn by chance.
     *
     * @param failures how many tries have failed, from 1
     */
    public Duration after(int failures) {
        return Duration.ofMillis((long) Math.ceil(bound.apply(failures) * chance.nextDouble()));
    }
}

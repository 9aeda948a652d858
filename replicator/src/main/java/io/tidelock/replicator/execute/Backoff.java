package io.tidelock.replicator.execute;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: exponential with full jitter, so that many waiters spread evenly. */
final class Backoff {
    private static final double FACTOR = 2;

    private final IntervalFunction bound;
    private final RandomGenerator chance;

    /** @param chance must be thread-safe */
    Backoff(RetrySettings settings, RandomGenerator chance) {
        this.bound = IntervalFunction.ofExponentialBackoff(settings.delayMin(), FACTOR, settings.delayMax());
        this.chance = chance;
    }

    /** @param failures how many tries have failed, from 1 */
    Duration after(int failures) {
        return Duration.ofMillis((long) Math.ceil(bound.apply(failures) * chance.nextDouble()));
    }
}

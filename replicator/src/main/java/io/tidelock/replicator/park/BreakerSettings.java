package io.tidelock.replicator.park;

import java.time.Duration;

/**
 * When a bucket counts as one that takes nothing now, and for how long it is left alone.
 *
 * @param callsWatched {@code replicator.breaker.callsWatched}: of how many of its last tries the failures are counted, 2 to
 *     10,000; with fewer than a fifth of them nothing is concluded
 * @param failurePercent {@code replicator.breaker.failurePercent}: with so many failed or throttled it opens, 1 to 100
 * @param openFor {@code replicator.breaker.openFor}: how long nothing is tried before probes are, 100 ms to 10 minutes
 * @param probes {@code replicator.breaker.probes}: how many tries decide whether it closes again, 1 to 1,000
 */
public record BreakerSettings(int callsWatched, int failurePercent, Duration openFor, int probes) {
    /** Half of the last 50, 10 seconds, 3 probes. */
    public static final BreakerSettings DEFAULT = new BreakerSettings(50, 50, Duration.ofSeconds(10), 3);

    public BreakerSettings {
        requireWithin("callsWatched", callsWatched, 2, 10_000);
        requireWithin("failurePercent", failurePercent, 1, 100);
        requireWithin("probes", probes, 1, 1_000);
        if (openFor.compareTo(Duration.ofMillis(100)) < 0 || openFor.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "replicator.breaker.openFor must be between PT0.1S and PT10M, was " + openFor);
        }
    }

    private static void requireWithin(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "replicator.breaker." + name + " must be between " + min + " and " + max + ", was " + value);
        }
    }
}

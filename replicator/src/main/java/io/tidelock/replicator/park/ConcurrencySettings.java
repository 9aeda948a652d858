package io.tidelock.replicator.park;

/**
 * How the number of operations that run at once for one destination answers to its asking to slow down.
 *
 * @param operationsMin {@code replicator.concurrency.operationsMin}: it never falls below, 1 to 1,000; where {@code
 *     replicator.lanesMax} is less, it is that
 * @param cutPercent {@code replicator.concurrency.cutPercent}: how much of it is taken away each time, 1 to 90
 * @param throttledTriesMax {@code replicator.concurrency.throttledTriesMax}: how often one operation may be told to slow
 *     down before it is parked, 1 to 1,000; these tries do not count as failed ones
 */
public record ConcurrencySettings(int operationsMin, int cutPercent, int throttledTriesMax) {
    /** Down to one, by halves; 20 tries. */
    public static final ConcurrencySettings DEFAULT = new ConcurrencySettings(1, 50, 20);

    public ConcurrencySettings {
        requireWithin("operationsMin", operationsMin, 1_000);
        requireWithin("cutPercent", cutPercent, 90);
        requireWithin("throttledTriesMax", throttledTriesMax, 1_000);
    }

    private static void requireWithin(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(
                    "replicator.concurrency." + name + " must be between 1 and " + max + ", was " + value);
        }
    }
}

package io.tidelock.scenarios.isolation;

import java.util.Locale;
import java.util.stream.LongStream;

/**
 * How long versions took from one side to the other.
 *
 * @param count how many there were, from 0
 * @param medianMillis half of them took no longer, 0 where there were none
 * @param p99Millis 99 of a hundred took no longer, 0 where there were none
 * @param maxMillis none took longer, 0 where there were none
 */
record Lags(int count, double medianMillis, double p99Millis, double maxMillis) {
    private static final double NANOS_PER_MILLI = 1e6;

    static Lags of(LongStream nanos) {
        var sorted = nanos.sorted().toArray();
        return new Lags(sorted.length, millis(sorted, 0.5), millis(sorted, 0.99), millis(sorted, 1));
    }

    /** The smallest that is no shorter than such a share of all. */
    private static double millis(long[] sorted, double share) {
        return sorted.length == 0
                ? 0
                : sorted[Math.max(0, (int) Math.ceil(sorted.length * share) - 1)] / NANOS_PER_MILLI;
    }

    /** For a column of a table: 99 of a hundred, and half. */
    String text() {
        return String.format(Locale.ROOT, "%.0f (%.0f)", p99Millis, medianMillis);
    }
}

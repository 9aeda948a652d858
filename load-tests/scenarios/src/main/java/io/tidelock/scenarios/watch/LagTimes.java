package io.tidelock.scenarios.watch;

import java.time.Duration;

/** Counts durations in buckets a tenth apart, so that percentiles of any number of them cost nothing. Not thread-safe. */
final class LagTimes {
    private static final double STEP = Math.log(1.1);
    private static final int BUCKETS = 256;

    private final long[] counts = new long[BUCKETS];
    private long total;
    private Duration max = Duration.ZERO;

    void add(Duration lag) {
        var micros = Math.max(1.0, lag.toNanos() / 1_000.0);
        counts[Math.min(BUCKETS - 1, (int) (Math.log(micros) / STEP))]++;
        total++;
        if (lag.compareTo(max) > 0) {
            max = lag;
        }
    }

    Duration max() {
        return max;
    }

    /** The upper end of the bucket that holds the given share of all, at most a tenth too long; zero when there are none. */
    Duration percentile(double share) {
        var wanted = Math.ceil(total * share);
        var seen = 0L;
        for (int bucket = 0; bucket < BUCKETS && total > 0; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted) {
                var upper = Duration.ofNanos((long) (Math.exp((bucket + 1) * STEP) * 1_000));
                return upper.compareTo(max) < 0 ? upper : max;
            }
        }
        return max;
    }
}

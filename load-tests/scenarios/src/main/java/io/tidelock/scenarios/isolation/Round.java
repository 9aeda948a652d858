package io.tidelock.scenarios.isolation;

import java.util.Comparator;
import java.util.List;

/**
 * What was seen before, while and after one destination was struck.
 *
 * @param strike what befell it
 * @param quiet lags of the other destinations before
 * @param struck their lags meanwhile
 * @param draining their lags afterwards, while it caught up
 * @param missing versions that it had not got at the end of the strike
 * @param drainSeconds how long it took to catch up, with traffic going on
 */
record Round(Strike strike, Lags quiet, Lags struck, Lags draining, long missing, double drainSeconds) {
    /** How many times the 99th percentile of before it was meanwhile. */
    double ratio() {
        return struck.p99Millis() / quiet.p99Millis();
    }

    /** The ratio in the middle of those of all rounds, the upper one of two; not a number where there are none. */
    static double medianRatio(List<Round> rounds) {
        var ratios = rounds.stream()
                .map(Round::ratio)
                .sorted(Comparator.naturalOrder())
                .toList();
        return ratios.isEmpty() ? Double.NaN : ratios.get(ratios.size() / 2);
    }
}

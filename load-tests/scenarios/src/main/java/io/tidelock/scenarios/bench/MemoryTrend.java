package io.tidelock.scenarios.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Resident memory over time. Thread-safe. */
final class MemoryTrend {
    private final List<Sample> samples = new ArrayList<>();

    private record Sample(double minutes, double megabytes) {}

    synchronized void add(Duration since, long residentBytes) {
        samples.add(new Sample(since.toNanos() / 60e9, residentBytes / 1e6));
    }

    synchronized double maxMegabytes() {
        return samples.stream().mapToDouble(Sample::megabytes).max().orElse(0);
    }

    /**
     * The slope of the straight line that fits the second half best, in MB a minute; the first half is the JVM's own growth to
     * its working size. Zero for fewer than four samples.
     */
    synchronized double slopeOfSecondHalf() {
        var half = samples.subList(samples.size() / 2, samples.size());
        if (half.size() < 2) {
            return 0;
        }
        var meanTime = half.stream().mapToDouble(Sample::minutes).average().orElse(0);
        var meanSize = half.stream().mapToDouble(Sample::megabytes).average().orElse(0);
        var covariance = 0.0;
        var variance = 0.0;
        for (var sample : half) {
            covariance += (sample.minutes() - meanTime) * (sample.megabytes() - meanSize);
            variance += (sample.minutes() - meanTime) * (sample.minutes() - meanTime);
        }
        return variance == 0 ? 0 : covariance / variance;
    }

    /** How much that slope adds over the time of the second half, in MB. */
    synchronized double growthOfSecondHalf() {
        var half = samples.subList(samples.size() / 2, samples.size());
        return half.isEmpty()
                ? 0
                : slopeOfSecondHalf()
                        * (half.getLast().minutes() - half.getFirst().minutes());
    }
}

package io.tidelock.scenarios.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** What goes wrong when, decided by a seed alone: each kind as often as any other, in any order, overlapping as it comes. */
final class Schedule {
    private static final double SHARE_MIN = 0.05;
    private static final double SHARE_MAX = 0.7;
    private static final double LASTS_MIN = 0.25;

    private Schedule() {}

    /**
     * Makes a schedule, sorted by time.
     *
     * @param duration when the last incident has ended
     * @param lastsMax how long one lasts at most, shorter than the duration
     * @param kinds what may go wrong; each of them does where there are as many incidents
     */
    static List<Incident> of(
            long seed, Duration duration, Duration lastsMax, int incidents, int instances, List<FaultKind> kinds) {
        if (lastsMax.compareTo(duration) >= 0) {
            throw new IllegalArgumentException("incidents of up to " + lastsMax + " do not fit into " + duration);
        }
        var random = new Random(seed);
        var drawn = new ArrayList<FaultKind>();
        while (drawn.size() < incidents) {
            var all = new ArrayList<>(kinds);
            Collections.shuffle(all, random);
            drawn.addAll(all.subList(0, Math.min(all.size(), incidents - drawn.size())));
        }
        var schedule = new ArrayList<Incident>();
        for (var kind : drawn) {
            var lasts = millis(lastsMax, random.nextDouble(LASTS_MIN, 1));
            var at = millis(duration.minus(lastsMax), random.nextDouble());
            schedule.add(new Incident(
                    kind,
                    at,
                    lasts,
                    random.nextInt(instances),
                    random.nextDouble(SHARE_MIN, SHARE_MAX),
                    random.nextLong()));
        }
        schedule.sort(Comparator.comparing(Incident::at));
        return List.copyOf(schedule);
    }

    private static Duration millis(Duration of, double share) {
        return Duration.ofMillis(Math.max(1, Math.round(of.toMillis() * share)));
    }
}

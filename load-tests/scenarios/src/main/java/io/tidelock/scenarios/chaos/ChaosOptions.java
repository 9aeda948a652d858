package io.tidelock.scenarios.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What a chaos run is like.
 *
 * @param duration how long there is traffic and trouble
 * @param objects how many versions are written in that time
 * @param incidents how many faults there are
 * @param incidentMax how long one lasts at most
 * @param instances how many instances of the service run, from 1
 * @param seed decides traffic and faults
 * @param jvmOptions options of each instance's JVM
 * @param kinds what may go wrong
 * @param quietLimit how long draining may take once all is well again
 */
record ChaosOptions(
        Duration duration,
        long objects,
        int incidents,
        Duration incidentMax,
        int instances,
        long seed,
        List<String> jvmOptions,
        List<FaultKind> kinds,
        Duration quietLimit) {
    ChaosOptions {
        if (objects < 1 || incidents < 1 || instances < 1 || kinds.isEmpty()) {
            throw new IllegalArgumentException("objects, incidents, instances and kinds must be at least 1, were "
                    + objects + ", " + incidents + ", " + instances + ", " + kinds.size());
        }
        jvmOptions = List.copyOf(jvmOptions);
        kinds = List.copyOf(kinds);
    }
}

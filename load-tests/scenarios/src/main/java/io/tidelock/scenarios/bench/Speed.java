package io.tidelock.scenarios.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * How fast a workload was copied.
 *
 * @param workload what was copied
 * @param elapsed how long it took
 * @param cpu how much processor time the copying process used for it
 */
record Speed(Workload workload, Duration elapsed, Duration cpu) {
    double objectsPerSecond() {
        return workload.objects() / (elapsed.toNanos() / 1e9);
    }

    double megabytesPerSecond() {
        return workload.bytes() / 1e6 / (elapsed.toNanos() / 1e9);
    }

    double cpuMicrosPerObject() {
        return cpu.toNanos() / 1e3 / workload.objects();
    }

    void writeTo(ObjectNode node) {
        node.put("seconds", elapsed.toNanos() / 1e9)
                .put("objectsPerSecond", objectsPerSecond())
                .put("megabytesPerSecond", megabytesPerSecond())
                .put("cpuMicrosPerObject", cpuMicrosPerObject());
    }
}

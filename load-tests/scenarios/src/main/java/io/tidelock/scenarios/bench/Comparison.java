package io.tidelock.scenarios.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One workload copied by both.
 *
 * @param tidelock the service
 * @param rclone rclone by its number of transfers; empty where it was not run
 */
record Comparison(Speed tidelock, SortedMap<Integer, Speed> rclone) {
    Comparison {
        rclone = new TreeMap<>(rclone);
    }

    /** A table for people. */
    String text() {
        var workload = tidelock.workload();
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%s: %d objects of %d bytes%n%-24s %12s %12s %14s%n",
                workload.name(),
                workload.objects(),
                workload.objectBytes(),
                "",
                "objects/s",
                "MB/s",
                "CPU us/object"));
        text.append(row("Tidelock", tidelock));
        rclone.forEach((transfers, speed) -> text.append(row("rclone --transfers " + transfers, speed)));
        if (!rclone.isEmpty()) {
            var best = best().getValue();
            text.append(String.format(
                    Locale.ROOT,
                    "%-24s %11.2fx %11.2fx %13.2fx%n",
                    "against rclone's best",
                    tidelock.objectsPerSecond() / best.objectsPerSecond(),
                    tidelock.megabytesPerSecond() / best.megabytesPerSecond(),
                    tidelock.cpuMicrosPerObject() / best.cpuMicrosPerObject()));
        }
        return text.toString();
    }

    void writeTo(ObjectNode node) {
        var workload = tidelock.workload();
        node.put("workload", workload.name())
                .put("objects", workload.objects())
                .put("objectBytes", workload.objectBytes());
        tidelock.writeTo(node.putObject("tidelock"));
        var all = node.putArray("rclone");
        rclone.forEach((transfers, speed) -> speed.writeTo(all.addObject().put("transfers", transfers)));
        if (!rclone.isEmpty()) {
            node.putObject("ratio")
                    .put("bestTransfers", best().getKey())
                    .put(
                            "speed",
                            tidelock.objectsPerSecond() / best().getValue().objectsPerSecond())
                    .put(
                            "cpu",
                            tidelock.cpuMicrosPerObject() / best().getValue().cpuMicrosPerObject());
        }
    }

    private Map.Entry<Integer, Speed> best() {
        return rclone.entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.comparingDouble(Speed::objectsPerSecond)))
                .orElseThrow();
    }

    private static String row(String name, Speed speed) {
        return String.format(
                Locale.ROOT,
                "%-24s %12.1f %12.1f %14.0f%n",
                name,
                speed.objectsPerSecond(),
                speed.megabytesPerSecond(),
                speed.cpuMicrosPerObject());
    }
}

package io.tidelock.scenarios.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.scenarios.verify.Difference;
import io.tidelock.scenarios.verify.Verification;
import io.tidelock.scenarios.watch.WatchSnapshot;
import java.time.Duration;
import java.util.Locale;

/**
 * What a run showed.
 *
 * @param seed what the traffic was made from
 * @param verification what the comparison of both sides found
 * @param watch how the replication stood at the end
 * @param elapsed from the first write to the last replica
 * @param cpu processor time that the service used, its start included
 * @param peakMemoryBytes the most memory that the service held
 */
record Summary(
        long seed,
        Verification verification,
        WatchSnapshot watch,
        Duration elapsed,
        Duration cpu,
        long peakMemoryBytes) {
    private static final int DIFFERENCES_SHOWN_MAX = 50;

    boolean same() {
        return verification.same();
    }

    String text() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                """
                keys       %d
                versions   %d and %d delete markers
                bytes      %s
                replicated %d of %d changes
                speed      %.1f objects/s, %.1f MB/s over %.1f s
                lag        p50 %.3f s, p99 %.3f s, max %.3f s
                service    %.1f CPU seconds, %s at most
                seed       %d
                """,
                verification.keys(),
                verification.versions(),
                verification.markers(),
                ByteSize.text(verification.bytes()),
                watch.arrived(),
                watch.written(),
                objectsPerSecond(),
                bytesPerSecond() / 1e6,
                seconds(elapsed),
                seconds(watch.lagMedian()),
                seconds(watch.lag99()),
                seconds(watch.lagMax()),
                seconds(cpu),
                ByteSize.text(peakMemoryBytes),
                seed));
        var differences = verification.differences();
        if (same()) {
            text.append(
                    "Both sides are the same: bytes, order, headers, metadata, tags, encryption, owner, storage class,"
                            + " markers.\n");
        } else {
            text.append(differences.size()).append(" differences:\n");
            differences.stream()
                    .limit(DIFFERENCES_SHOWN_MAX)
                    .forEach(difference -> text.append("  ").append(difference).append('\n'));
            if (differences.size() > DIFFERENCES_SHOWN_MAX) {
                text.append("  and ")
                        .append(differences.size() - DIFFERENCES_SHOWN_MAX)
                        .append(" more\n");
            }
        }
        return text.toString();
    }

    String json() {
        var mapper = new ObjectMapper();
        var root = mapper.createObjectNode()
                .put("same", same())
                .put("seed", seed)
                .put("keys", verification.keys())
                .put("versions", verification.versions())
                .put("markers", verification.markers())
                .put("bytes", verification.bytes())
                .put("changes", watch.written())
                .put("replicated", watch.arrived())
                .put("elapsedSeconds", seconds(elapsed))
                .put("objectsPerSecond", objectsPerSecond())
                .put("bytesPerSecond", bytesPerSecond())
                .put("lagMedianSeconds", seconds(watch.lagMedian()))
                .put("lag99Seconds", seconds(watch.lag99()))
                .put("lagMaxSeconds", seconds(watch.lagMax()))
                .put("serviceCpuSeconds", seconds(cpu))
                .put("servicePeakMemoryBytes", peakMemoryBytes);
        var differences = root.putArray("differences");
        verification.differences().forEach(difference -> write(differences.addObject(), difference));
        return root.toPrettyString();
    }

    private static void write(ObjectNode node, Difference difference) {
        node.put("key", difference.key())
                .put("kind", difference.kind().name())
                .put("expected", difference.expected())
                .put("found", difference.found());
    }

    private double objectsPerSecond() {
        return watch.arrived() / seconds(elapsed);
    }

    private double bytesPerSecond() {
        return watch.arrivedBytes() / seconds(elapsed);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}

package io.tidelock.ingest.kafka;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a poll loop is doing, at one instant, for health checks.
 *
 * @param since since when it is in this phase
 * @param lastError the last thing that went wrong, or null; stays after recovery
 * @param assigned the partitions that it owns, by topic
 * @param stopped the partitions that a bug or an unwritable result has stopped, as topic-partition, and the topics that
 *     Kafka does not let it read, with the reason; the loop is not healthy while there is one
 * @param recordsInFlight records handed out and not yet committed
 * @param bytesInFlight their keys and values
 */
public record LoopState(
        Phase phase,
        Instant since,
        @Nullable String lastError,
        Map<String, Set<Integer>> assigned,
        SortedMap<String, String> stopped,
        long recordsInFlight,
        long bytesInFlight) {
    public LoopState {
        assigned = Map.copyOf(assigned);
        stopped = new TreeMap<>(stopped);
    }

    /** Whether work proceeds as it should. */
    public boolean isHealthy() {
        return phase == Phase.RUNNING && stopped.isEmpty();
    }

    /** Where a loop is in its life. */
    public enum Phase {
        /** Not started, or not yet a member of its group. */
        STARTING,
        /** Reads and commits. */
        RUNNING,
        /** Cannot reach Kafka, cannot record what has ended, or is refused, and keeps trying. */
        DISCONNECTED,
        /** Ended by a bug or by a configuration that cannot work; does not come back by itself. */
        FAILED,
        /** Ended as asked. */
        STOPPED
    }
}

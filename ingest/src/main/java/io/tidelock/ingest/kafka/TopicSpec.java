package io.tidelock.ingest.kafka;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A topic of Tidelock's own, as it must be.
 *
 * @param partitions from 1; changing it for a topic in use would tear keys from their partitions
 * @param replicationFactor from 1; only for creating it
 * @param retention how long records are kept at least, or null for ever; not looked at where the topic is compacted
 */
public record TopicSpec(
        String name,
        int partitions,
        int replicationFactor,
        Cleanup cleanup,
        @Nullable Duration retention) {
    public TopicSpec {
        if (partitions < 1 || replicationFactor < 1 || replicationFactor > Short.MAX_VALUE) {
            throw new IllegalArgumentException("kafka.topics: partitions and replicationFactor of " + name
                    + " must be at least 1, were " + partitions + " and " + replicationFactor);
        }
    }

    /** What Kafka does with old records. */
    public enum Cleanup {
        /** They are deleted when they are older than the retention. */
        DELETE,
        /** The newest of each key is kept. */
        COMPACT;

        String configValue() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String retentionMs() {
        return retention == null ? "-1" : Long.toString(retention.toMillis());
    }
}

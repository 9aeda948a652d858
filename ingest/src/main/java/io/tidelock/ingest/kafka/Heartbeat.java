package io.tidelock.ingest.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/** When a consumer last told its group that it lives. Confined to the consumer's thread. */
final class Heartbeat {
    private final KafkaConsumer<?, ?> consumer;
    private @Nullable Metric age;
    private long joinedNanos;
    private boolean joined;

    Heartbeat(KafkaConsumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** The group has told the consumer what it owns, to be called each time; before its first heartbeat that is the last sign of the group. */
    void joined() {
        joined = true;
        joinedNanos = System.nanoTime();
    }

    /** How long ago that was, in seconds; grows while there is no connection. 0 before the consumer has joined. */
    double ageSeconds() {
        if (age == null) {
            age = consumer.metrics().entrySet().stream()
                    .filter(metric -> metric.getKey().name().equals("last-heartbeat-seconds-ago"))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
        var sinceJoined = joined ? (System.nanoTime() - joinedNanos) / 1e9 : 0;
        return age != null && age.metricValue() instanceof Double seconds && seconds >= 0
                ? Math.min(seconds, sinceJoined)
                : sinceJoined;
    }
}

package io.tidelock.ingest.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/** When a consumer last told its group that it lives. Confined to the consumer's thread. */
final class Heartbeat {
    private final KafkaConsumer<?, ?> consumer;
    private @Nullable Metric age;

    Heartbeat(KafkaConsumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** How long ago that was, in seconds; grows while there is no connection. */
    double ageSeconds() {
        if (age == null) {
            age = consumer.metrics().entrySet().stream()
                    .filter(metric -> metric.getKey().name().equals("last-heartbeat-seconds-ago"))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
        return age != null && age.metricValue() instanceof Double seconds ? seconds : 0;
    }
}

package io.tidelock.ingest.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/** When a consumer last told its group that it lives, and when the group last answered. Confined to the consumer's thread. */
final class Heartbeat {
    private static final double NANOS = 1e9;

    private final KafkaConsumer<?, ?> consumer;
    private @Nullable Metric age;
    private @Nullable Metric answers;
    private double answersSeen;
    private long answeredNanos;
    private long joinedNanos;
    private boolean joined;

    Heartbeat(KafkaConsumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** The group has told the consumer what it owns, to be called each time; before its first heartbeat that is the last sign of the group. */
    void joined() {
        joined = true;
        joinedNanos = System.nanoTime();
        answeredNanos = joinedNanos;
    }

    /** How long ago it last told, in seconds; grows while there is no connection. 0 before the consumer has joined. */
    double ageSeconds() {
        if (age == null) {
            age = metric("last-heartbeat-seconds-ago");
        }
        var sinceJoined = joined ? secondsSince(joinedNanos) : 0;
        return age != null && age.metricValue() instanceof Double seconds && seconds >= 0
                ? Math.min(seconds, sinceJoined)
                : sinceJoined;
    }

    /**
     * How long ago the group last gave a sign, in seconds; grows also while heartbeats are sent into a connection that is dead. Asked several
     * times a second, as it notices answers only then. 0 before the consumer has joined.
     */
    double silenceSeconds() {
        if (answers == null) {
            answers = metric("heartbeat-total");
        }
        if (answers != null && answers.metricValue() instanceof Double seen && seen > answersSeen) {
            answersSeen = seen;
            answeredNanos = System.nanoTime();
        }
        return joined ? secondsSince(answeredNanos) : 0;
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / NANOS;
    }

    private @Nullable Metric metric(String name) {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}

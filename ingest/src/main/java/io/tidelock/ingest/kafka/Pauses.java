package io.tidelock.ingest.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Pauses what has to wait and resumes what has not. */
final class Pauses {
    private Pauses() {}

    static void apply(
            KafkaConsumer<?, ?> consumer, Collection<TopicPartition> assigned, Predicate<TopicPartition> waits) {
        var paused = consumer.paused();
        var toPause = new ArrayList<TopicPartition>();
        var toResume = new ArrayList<TopicPartition>();
        for (var at : assigned) {
            var wait = waits.test(at);
            if (wait != paused.contains(at)) {
                (wait ? toPause : toResume).add(at);
            }
        }
        consumer.pause(toPause);
        consumer.resume(toResume);
    }
}

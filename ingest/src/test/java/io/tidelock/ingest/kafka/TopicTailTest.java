package io.tidelock.ingest.kafka;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class TopicTailTest {
    private static final Duration GENEROUS = Duration.ofMinutes(2);

    private final Queue<List<byte[]>> told = new ConcurrentLinkedQueue<>();

    @Test
    void a_topic_that_is_made_only_later_is_followed_from_then_on() {
        try (var broker = new Broker();
                var tail = new TopicTail(broker.settings("one"), "t", told::add)) {
            // Given
            tail.start();
            broker.kafka.createTopic("other", 1);
            try (var seen = new TopicTail(broker.settings("two"), "other", told::add)) {
                seen.start();
                written(broker, "other"); // by now a tail of a missing topic has been told that it is missing
            }
            told.clear();

            // When
            broker.kafka.createTopic("t", 1);

            // Then
            written(broker, "t");
        }
    }

    @Test
    void whoever_is_told_may_fail_and_is_told_what_follows() {
        try (var broker = new Broker();
                var tail = new TopicTail(broker.settings("one"), "t", values -> {
                    if (told.size() < 2) {
                        told.add(values);
                        throw new IllegalArgumentException("no");
                    }
                    told.add(values);
                })) {
            // Given
            broker.kafka.createTopic("t", 1);
            tail.start();

            // Then
            await().atMost(GENEROUS).until(() -> {
                broker.write("t", 0, 1);
                return told.size() > 2;
            });
        }
    }

    /** A tail that has not found its end yet is told nothing, so it is written until it is. */
    private void written(Broker broker, String topic) {
        await().atMost(GENEROUS).until(() -> {
            broker.write(topic, 0, 1);
            return !told.isEmpty();
        });
    }
}

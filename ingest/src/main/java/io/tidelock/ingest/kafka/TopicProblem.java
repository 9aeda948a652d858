package io.tidelock.ingest.kafka;

/**
 * Something about Kafka that keeps Tidelock from running.
 *
 * @param topic the topic, or {@code *} where it is not about one
 * @param problem what is wrong, with the values
 * @param remedy what to do
 */
public record TopicProblem(String topic, String problem, String remedy) {
    @Override
    public String toString() {
        return topic + ": " + problem + ": " + remedy;
    }
}

package io.tidelock.ingest.kafka;

/**
 * Something about Kafka that keeps Tidelock from running.
 *
 * @param topic the topic, or {@code *} where it is not about one
 * @param problem what is wrong, with the values
 * @param remedy what to do
 * @param passes whether it may pass by itself, as an outage of the brokers does
 */
public record TopicProblem(String topic, String problem, String remedy, boolean passes) {
    /** Something that stays until somebody corrects it. */
    TopicProblem(String topic, String problem, String remedy) {
        this(topic, problem, remedy, false);
    }

    @Override
    public String toString() {
        return topic + ": " + problem + ": " + remedy;
    }
}

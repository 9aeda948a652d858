package io.tidelock.ingest.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Ends reading up to known ends that stands still, as it does while the broker of a partition is away: a consumer by itself
 * polls for ever. Confined to one thread.
 */
final class Standstill {
    /** What to do where no transaction is waited for. */
    static final String BROKER_AWAY = "see whether the partition's broker runs and can be reached, then try again"
            + " (default.api.timeout.ms in kafka.properties says how long is waited)";

    private final Duration patience;
    private final String remedy;
    private long reached = -1;
    private long sinceNanos = System.nanoTime();

    /**
     * @param patience how long no partition may move on
     * @param remedy what to do about it, for people
     */
    Standstill(Duration patience, String remedy) {
        this.patience = patience;
        this.remedy = remedy;
    }

    /**
     * To be called after every poll.
     *
     * @throws TimeoutException that names the first partition that is behind, when nothing has moved on for too long
     */
    void look(Consumer<?, ?> reader, Map<TopicPartition, Long> ends) {
        long now = ends.keySet().stream().mapToLong(reader::position).sum();
        if (now != reached) {
            reached = now;
            sinceNanos = System.nanoTime();
        } else if (System.nanoTime() - sinceNanos > patience.toNanos()) {
            var behind = ends.entrySet().stream()
                    .filter(end -> reader.position(end.getKey()) < end.getValue())
                    .map(end -> "partition " + end.getKey().partition() + " stands at offset "
                            + reader.position(end.getKey()) + " of " + end.getValue())
                    .sorted()
                    .findFirst();
            if (behind.isPresent()) {
                throw new TimeoutException(behind.get() + " for " + patience.toSeconds() + " s: " + remedy);
            }
        }
    }
}

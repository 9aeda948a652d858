package io.tidelock.ingest.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * The topics that Kafka does not let a loop read now. They are left alone for a while, so that the others go on, and then tried
 * again. Confined to the loop's thread.
 */
final class DeniedTopics {
    private static final long AGAIN_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long UNKNOWN_NANOS = Duration.ofSeconds(45).toNanos();

    private final Refusals refusals;
    private final Consumer<String> trouble;
    private final Map<String, Long> since = new HashMap<>();

    /** @param trouble told what is denied, and what grants it */
    DeniedTopics(Refusals refusals, Consumer<String> trouble) {
        this.refusals = refusals;
        this.trouble = trouble;
    }

    void add(TopicAuthorizationException denial) {
        denial.unauthorizedTopics().forEach(topic -> since.put(topic, System.nanoTime()));
        trouble.accept(refusals.reading(denial));
    }

    /** A record of the topic has come. */
    void read(String topic) {
        since.remove(topic);
    }

    /** Whether the topic is to be left alone now. */
    boolean waits(String topic) {
        var denied = since.get(topic);
        return denied != null && System.nanoTime() - denied < AGAIN_NANOS;
    }

    /**
     * The topics that are denied, with the reason: those that are assigned for as long as trying again fails. A topic of which nothing at
     * all may be known is asked for only with the metadata, every 30 s, and is shown for as long.
     */
    SortedMap<String, String> reasons(Collection<TopicPartition> assigned) {
        var reasons = new TreeMap<String, String>();
        if (since.isEmpty()) {
            return reasons;
        }
        var tried = assigned.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        since.entrySet()
                .removeIf(denied -> System.nanoTime() - denied.getValue()
                        > (tried.contains(denied.getKey()) ? 2 * AGAIN_NANOS : UNKNOWN_NANOS));
        since.keySet()
                .forEach(topic ->
                        reasons.put(topic, refusals.missing(KafkaGrant.topic(topic, KafkaGrant.Operation.READ))));
        return reasons;
    }
}

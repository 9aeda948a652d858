package io.tidelock.ingest.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Notices partitions that a group has given to none of its members, and has them shared out again. A cooperative rebalance takes two rounds: what
 * moves is nobody's after the first. Where members are killed between the two and come back under their names, Kafka gives them what the
 * first round said, and the second never comes. Asks now and then and waits for no answer. Confined to the loop's thread.
 */
final class NobodysPartitions implements AutoCloseable {
    private static final long EVERY_NANOS = Duration.ofSeconds(3).toNanos();
    private static final Duration SECOND_ROUND = Duration.ofSeconds(5);

    private final Admin admin;
    private final KafkaConsumer<?, ?> consumer;
    private final String group;
    private final long patienceNanos;
    private final Consumer<String> trouble;
    private @Nullable Asked asked;
    private long askedNanos = System.nanoTime();
    private Set<TopicPartition> seen = Set.of();
    private long seenNanos = askedNanos;

    /**
     * Has not asked yet.
     *
     * @param admin is closed with this
     * @param trouble told which partitions are nobody's
     */
    NobodysPartitions(Admin admin, KafkaConsumer<?, ?> consumer, LoopSettings settings, Consumer<String> trouble) {
        this.admin = admin;
        this.consumer = consumer;
        this.group = settings.group();
        this.patienceNanos =
                settings.limits().drainDeadline().plus(SECOND_ROUND).toNanos();
        this.trouble = trouble;
    }

    /** Answers that may not have come yet. */
    private record Asked(
            KafkaFuture<Map<String, ConsumerGroupDescription>> group,
            Collection<KafkaFuture<TopicDescription>> topics) {
        boolean isAnswered() {
            return group.isDone() && topics.stream().allMatch(KafkaFuture::isDone);
        }
    }

    /**
     * Takes note of an answer that has come, asks where it is time to, and lets the group rebalance where the same partitions have been nobody's for
     * longer than a second round takes. Only the leader's wish counts with Kafka, so every member wishes.
     */
    void look() {
        var now = System.nanoTime();
        if (asked == null) {
            if (now - askedNanos >= EVERY_NANOS) {
                askedNanos = now;
                asked = ask();
            }
        } else if (asked.isAnswered()) {
            note(nobodys(asked), now);
            asked = null;
        }
    }

    private Asked ask() {
        return new Asked(
                admin.describeConsumerGroups(List.of(group)).all(),
                admin.describeTopics(consumer.subscription()).topicNameValues().values());
    }

    private void note(Set<TopicPartition> nobodys, long now) {
        if (nobodys.isEmpty() || !nobodys.equals(seen)) {
            seen = nobodys;
            seenNanos = now;
        } else if (now - seenNanos >= patienceNanos) {
            seenNanos = now;
            var names = new TreeSet<String>();
            nobodys.forEach(partition -> names.add(partition.toString()));
            trouble.accept(
                    "the group " + group + " has given " + names
                            + " to nobody, as a member ended in the middle of a rebalance; it is asked to share them out again");
            consumer.enforceRebalance("partitions are nobody's");
        }
    }

    /** Empty where the group is on its way, or what was asked is not answered. */
    private static Set<TopicPartition> nobodys(Asked asked) {
        var description = answer(asked.group).stream()
                .flatMap(all -> all.values().stream())
                .filter(known -> known.groupState() == GroupState.STABLE)
                .findFirst();
        if (description.isEmpty()) {
            return Set.of();
        }
        var nobodys = new HashSet<TopicPartition>();
        for (var topic : asked.topics) {
            answer(topic)
                    .ifPresent(known -> known.partitions()
                            .forEach(
                                    partition -> nobodys.add(new TopicPartition(known.name(), partition.partition()))));
        }
        description
                .get()
                .members()
                .forEach(member -> nobodys.removeAll(member.assignment().topicPartitions()));
        return nobodys;
    }

    private static <T> Optional<T> answer(KafkaFuture<T> answered) {
        try {
            return Optional.of(answered.get());
        } catch (ExecutionException refused) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}

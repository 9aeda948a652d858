package io.tidelock.ingest.kafka;

import io.tidelock.ingest.order.OffsetLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * How far behind a group is, asked of Kafka itself, so that the share of a dead instance is seen as well. Blocks;
 * thread-safe; keeps its clients until closed.
 */
public final class BacklogProbe implements AutoCloseable {
    private static final Duration READ_WITHIN = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaClients clients;
    private final String role;
    private volatile boolean closed;
    private volatile @Nullable Admin admin;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> reader;

    /**
     * A probe.
     *
     * @param role part of the names of its clients
     */
    public BacklogProbe(KafkaSettings settings, String role) {
        this.clients = new KafkaClients(settings);
        this.role = role;
    }

    /** What a probe found. */
    public sealed interface Reading {}

    /** The backlog of each partition, sorted by topic and partition. */
    public record Backlogs(List<Backlog> backlogs) implements Reading {
        public Backlogs {
            backlogs = List.copyOf(backlogs);
        }
    }

    /** Kafka did not answer, or refused. */
    public record Unknown(String why) implements Reading {}

    /**
     * What a group has not committed of one partition.
     *
     * @param records how many records at most: gaps in the log count, finished work beyond the committed offset does not
     * @param oldest the Kafka timestamp of the oldest of them, or null where there is none or it was not read in time
     */
    public record Backlog(
            String topic,
            int partition,
            long records,
            @Nullable Instant oldest) {}

    /** Asks how far a group is behind on what it reads; what goes wrong is returned, never thrown. */
    public synchronized Reading probe(String group, Subscription subscription) {
        try {
            var open = admin;
            var asked = open == null ? clients.admin("backlog-" + role) : open;
            admin = asked;
            if (closed) {
                drop();
                return new Unknown("closed");
            }
            return new Backlogs(backlogs(asked, group, partitions(asked, subscription)));
        } catch (ExecutionException | KafkaException e) {
            drop();
            var cause = e.getCause() == null ? e : e.getCause();
            return new Unknown(clients.refusals()
                    .reading(
                            cause instanceof GroupAuthorizationException
                                    ? GroupAuthorizationException.forGroupId(group)
                                    : cause));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unknown(e.toString());
        }
    }

    private static Set<TopicPartition> partitions(Admin asked, Subscription subscription)
            throws ExecutionException, InterruptedException {
        var existing = asked.listTopics().names().get();
        var topics = switch (subscription) {
            case Subscription.Topics(var names) ->
                names.stream().filter(existing::contains).toList();
            case Subscription.Matching(var pattern) ->
                existing.stream()
                        .filter(name -> pattern.matcher(name).matches())
                        .toList();
        };
        return asked.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toSet());
    }

    private List<Backlog> backlogs(Admin asked, String group, Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        var first = offsets(asked, partitions, OffsetSpec.earliest());
        var end = offsets(asked, partitions, OffsetSpec.latest());
        var committed = asked.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        var behind = new HashMap<TopicPartition, Long>();
        var counts = new HashMap<TopicPartition, Long>();
        for (var at : partitions) {
            long from = from(committed.get(at), Objects.requireNonNull(first.get(at)));
            long records = Objects.requireNonNull(end.get(at)) - from - recordedBeyond(committed.get(at));
            counts.put(at, Math.max(0, records));
            if (records > 0) {
                behind.put(at, from);
            }
        }
        var oldest = oldest(behind, end, counts);
        return partitions.stream()
                .map(at ->
                        new Backlog(at.topic(), at.partition(), Objects.requireNonNull(counts.get(at)), oldest.get(at)))
                .sorted(Comparator.comparing(Backlog::topic).thenComparingInt(Backlog::partition))
                .toList();
    }

    private static Map<TopicPartition, Long> offsets(Admin asked, Set<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        var question = partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec));
        var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        var offsets = new HashMap<TopicPartition, Long>();
        asked.listOffsets(question, options).all().get().forEach((at, found) -> offsets.put(at, found.offset()));
        return offsets;
    }

    private static long from(@Nullable OffsetAndMetadata committed, long first) {
        return committed == null ? first : Math.max(committed.offset(), first);
    }

    private static long recordedBeyond(@Nullable OffsetAndMetadata committed) {
        return committed == null ? 0 : OffsetLedger.recordedBeyond(committed.offset(), committed.metadata());
    }

    /** Reads the first record of each; where there is none up to the end, nothing is behind after all. */
    private Map<TopicPartition, Instant> oldest(
            Map<TopicPartition, Long> behind, Map<TopicPartition, Long> end, Map<TopicPartition, Long> counts) {
        var oldest = new HashMap<TopicPartition, Instant>();
        if (behind.isEmpty()) {
            return oldest;
        }
        var open = reader;
        var reading = open == null ? clients.reader("backlog-" + role, 1) : open;
        reader = reading;
        var waiting = new ArrayList<>(behind.keySet());
        reading.assign(waiting);
        behind.forEach(reading::seek);
        long deadline = System.nanoTime() + READ_WITHIN.toNanos();
        while (!waiting.isEmpty() && System.nanoTime() < deadline) {
            try {
                for (var record : reading.poll(POLL)) {
                    var at = new TopicPartition(record.topic(), record.partition());
                    oldest.putIfAbsent(at, Instant.ofEpochMilli(Math.max(0, record.timestamp())));
                }
            } catch (InvalidOffsetException e) {
                waiting.removeAll(e.partitions()); // deleted meanwhile; the next probe knows the new beginning
                reading.assign(waiting);
            }
            for (var at : List.copyOf(waiting)) {
                var passed = reading.position(at) >= Objects.requireNonNull(end.get(at));
                if (passed && !oldest.containsKey(at)) {
                    counts.put(at, 0L); // only the end marks of transactions
                }
                if (passed || oldest.containsKey(at)) {
                    waiting.remove(at);
                    reading.pause(List.of(at));
                }
            }
        }
        reading.unsubscribe();
        return oldest;
    }

    private synchronized void drop() {
        var asked = admin;
        if (asked != null) {
            asked.close(Duration.ZERO);
            admin = null;
        }
        var reading = reader;
        if (reading != null) {
            reading.close(CloseOptions.timeout(Duration.ZERO));
            reader = null;
        }
    }

    /** Ends a probe that waits for Kafka; from now on nothing is known. */
    @Override
    public void close() {
        closed = true;
        var asked = admin;
        if (asked != null) {
            asked.close(Duration.ZERO);
        }
        var reading = reader;
        if (reading != null) {
            reading.wakeup();
        }
        drop();
    }
}

package io.tidelock.ingest.kafka;

import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.ingest.order.OffsetLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what a topic holds between its beginning and where it ended at a moment, once or several times, outside of any group.
 * A transaction that was open at that moment is waited for, so that nothing is missed that lies behind it. What is held in memory is one poll. Blocks; not thread-safe.
 */
public final class TopicScan implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int POLL_RECORDS_MAX = 1_000;
    private static final String STANDS_STILL =
            "either its broker does not answer, or another producer has a transaction"
                    + " open there (kafka-transactions find-hanging shows it); try again when that has ended";

    private final KafkaClients clients;
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> reader;
    private final Map<TopicPartition, Long> beginnings;
    private final Map<TopicPartition, Long> ends;

    /**
     * The topic as it is now; what is written later is not read.
     *
     * @throws IllegalStateException when the topic does not exist, or Kafka does not answer or refuses
     */
    public TopicScan(KafkaSettings settings, String topic) {
        this.clients = new KafkaClients(settings);
        this.topic = topic;
        this.reader = clients.reader("scan", POLL_RECORDS_MAX);
        try {
            var partitions = reader.partitionsFor(topic).stream()
                    .map(found -> new TopicPartition(topic, found.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IllegalStateException("the topic " + topic + " does not exist: tidelock run makes it");
            }
            this.beginnings = reader.beginningOffsets(partitions);
            this.ends = ends(partitions);
        } catch (KafkaException e) {
            reader.close();
            throw unreadable(e);
        } catch (IllegalStateException e) {
            reader.close();
            throw e;
        }
    }

    /** Where the log ends, also behind open transactions: what was written before this moment is waited for. */
    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        try (var admin = clients.admin("scan")) {
            return LogEnds.of(admin, partitions);
        } catch (ExecutionException | KafkaException e) {
            throw unreadable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreadable(e);
        }
    }

    private IllegalStateException unreadable(Exception e) {
        return new IllegalStateException(
                "the topic " + topic + " cannot be read: " + clients.refusals().reading(e), e);
    }

    /** Reads all of it, each partition in order. */
    public void read(Consumer<SourceRecord> each) {
        read(beginnings, each);
    }

    /** Reads what was written at or after a moment. */
    public void readSince(Instant since, Consumer<SourceRecord> each) {
        var question = new HashMap<TopicPartition, Long>();
        ends.keySet().forEach(at -> question.put(at, since.toEpochMilli()));
        var from = new HashMap<TopicPartition, Long>();
        try {
            reader.offsetsForTimes(question)
                    .forEach((at, found) ->
                            from.put(at, found == null ? Objects.requireNonNull(ends.get(at)) : found.offset()));
        } catch (KafkaException e) {
            throw unreadable(e);
        }
        read(from, each);
    }

    /** Reads what a group has not finished. */
    public void readUnfinished(String group, Consumer<SourceRecord> each) {
        var committed = committed(group);
        var from = new HashMap<TopicPartition, Long>();
        var ledgers = new HashMap<Integer, OffsetLedger>();
        beginnings.forEach((at, beginning) -> {
            var done = committed.get(at);
            if (done != null && done.offset() >= beginning) {
                from.put(at, done.offset());
                ledgers.put(at.partition(), new OffsetLedger(done.offset(), done.metadata()));
            } else {
                from.put(at, beginning);
            }
        });
        read(from, record -> {
            var ledger = ledgers.get(record.position().partition());
            if (ledger == null || !ledger.wasRecorded(record.position().offset())) {
                each.accept(record);
            }
        });
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        try (var admin = clients.admin("scan")) {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException | KafkaException e) {
            throw unreadable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreadable(e);
        }
    }

    private void read(Map<TopicPartition, Long> from, Consumer<SourceRecord> each) {
        try {
            reader.assign(ends.keySet());
            from.forEach(reader::seek);
            var open = new HashSet<>(ends.keySet());
            var standstill = new Standstill(clients.patienceWithTransactions(), STANDS_STILL);
            while (true) {
                open.removeIf(at -> reader.position(at) >= Objects.requireNonNull(ends.get(at)));
                if (open.isEmpty()) {
                    return;
                }
                reader.pause(List.copyOf(ends.keySet()));
                reader.resume(open);
                for (var record : reader.poll(POLL)) {
                    var at = new TopicPartition(record.topic(), record.partition());
                    if (record.offset() < Objects.requireNonNull(ends.get(at))) {
                        each.accept(InFlight.sourceRecord(record));
                    }
                }
                standstill.look(reader, ends);
            }
        } catch (KafkaException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}

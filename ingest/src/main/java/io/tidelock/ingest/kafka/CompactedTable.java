package io.tidelock.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.StreamPosition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A compacted topic as a table of few rows, all of them held in memory. Whoever reads sees everything that was written
 * before, by any process. Connects when it is first used. Thread-safe.
 */
public final class CompactedTable implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int POLL_RECORDS_MAX = 1_000;

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final String name;
    private final String topic;
    private final ExecutorService reading = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("table-reader").factory());
    private final Map<String, Row> rows = new HashMap<>();
    private final Object producing = new Object();

    /** Used by the reading thread, and after its end by whoever closes the table. */
    private @Nullable Consumer<byte[], byte[]> consumer;

    private @Nullable Producer<byte[], byte[]> producer;
    private volatile int size;

    /**
     * One row.
     *
     * @param at where it stands
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on to be read, never compared
    public record Row(StreamPosition at, byte[] value) {}

    /** @param name what its clients are called */
    public CompactedTable(KafkaSettings settings, String name, String topic) {
        this.clients = new KafkaClients(settings);
        this.name = name;
        this.topic = topic;
    }

    /**
     * All rows, in no order.
     *
     * @throws IllegalStateException when Kafka does not answer or refuses, or the topic does not exist
     */
    public List<Row> read() throws InterruptedException {
        return submit(() -> {
            catchUp();
            return List.copyOf(rows.values());
        });
    }

    /** How many rows there were when it was last read. */
    public int size() {
        return size;
    }

    private void catchUp() {
        var from = consumer;
        if (from == null) {
            from = opened();
            consumer = from;
        }
        var ends = from.endOffsets(from.assignment());
        var standstill = new Standstill(clients.patience(), Standstill.BROKER_AWAY);
        while (isBehind(from, ends)) {
            from.poll(POLL).forEach(this::put);
            standstill.look(from, ends);
        }
        size = rows.size();
    }

    private void put(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return; // written when the topic was not compacted, and not by us
        }
        var key = new String(record.key(), UTF_8);
        if (record.value() == null) {
            rows.remove(key);
        } else {
            var at = new StreamPosition(record.topic(), record.partition(), record.offset());
            rows.put(key, new Row(at, record.value()));
        }
    }

    private static boolean isBehind(Consumer<byte[], byte[]> from, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> from.position(end.getKey()) < end.getValue());
    }

    private Consumer<byte[], byte[]> opened() {
        var opened = clients.reader(name, POLL_RECORDS_MAX);
        try {
            var partitions = opened.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .collect(Collectors.toSet());
            if (partitions.isEmpty()) {
                throw new IllegalStateException("the topic " + topic + " does not exist");
            }
            opened.assign(partitions);
            opened.seekToBeginning(partitions);
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Writes one row, or removes it; blocks until Kafka keeps that.
     *
     * @throws IllegalStateException when Kafka does not
     */
    public void write(String key, byte @Nullable [] value) throws InterruptedException {
        try {
            producer()
                    .send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value))
                    .get();
        } catch (ExecutionException e) {
            throw notKept(e.getCause());
        } catch (KafkaException e) {
            throw notKept(e);
        }
    }

    private IllegalStateException notKept(@Nullable Throwable cause) {
        return new IllegalStateException(
                "Kafka did not keep a record of " + topic + ": "
                        + clients.refusals().writing(cause),
                cause);
    }

    private Producer<byte[], byte[]> producer() {
        synchronized (producing) {
            var open = producer;
            if (open == null) {
                open = clients.producer(name);
                producer = open;
            }
            return open;
        }
    }

    /** The consumer is not thread-safe, and is not to be interrupted before the end. */
    private <T> T submit(Callable<T> task) throws InterruptedException {
        @Nullable Future<T> answer = null;
        try {
            answer = reading.submit(task);
            return answer.get();
        } catch (InterruptedException e) {
            if (answer != null) {
                answer.cancel(false);
            }
            throw e;
        } catch (CancellationException | RejectedExecutionException e) {
            throw closed(e);
        } catch (ExecutionException e) {
            if (reading.isShutdown()) {
                throw closed(e);
            }
            throw new IllegalStateException(
                    "the topic " + topic + " cannot be read: "
                            + clients.refusals().reading(e.getCause()),
                    e);
        }
    }

    private IllegalStateException closed(Exception cause) {
        return new IllegalStateException("the topic " + topic + " is read no more: its table is closed", cause);
    }

    /** Whoever still reads is told that the table is closed. */
    @Override
    public void close() {
        for (var waiting : reading.shutdownNow()) {
            if (waiting instanceof Future<?> answer) {
                answer.cancel(false);
            }
        }
        try {
            if (reading.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS) && consumer != null) {
                consumer.close(CloseOptions.timeout(CLOSE));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (producing) {
            if (producer != null) {
                producer.close(CLOSE);
            }
        }
    }
}

package io.tidelock.ingest.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what is written to a topic from now on, outside of any group, so that every instance is told everything. What is
 * written while the topic cannot be read is missed. Started and closed once.
 */
public final class TopicTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int POLL_RECORDS_MAX = 500;

    private final KafkaClients clients;
    private final String topic;
    private final Consumer<List<byte[]>> told;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> current;

    /**
     * @param told what was written, in order within a partition; called from a thread of the tail, and may block
     */
    public TopicTail(KafkaSettings settings, String topic, Consumer<List<byte[]>> told) {
        this.clients = new KafkaClients(settings);
        this.topic = topic;
        this.told = told;
        this.thread =
                Thread.ofPlatform().name("tidelock-tail-" + topic).daemon().unstarted(this::run);
    }

    /** Begins to read at the topic's end. */
    public void start() {
        thread.start();
    }

    private void run() {
        var backoff = new Backoff();
        while (!closed()) {
            try (var consumer = clients.reader("tail", POLL_RECORDS_MAX)) {
                current = consumer;
                var partitions = consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                if (partitions.isEmpty()) {
                    throw new IllegalStateException("the topic " + topic + " does not exist");
                }
                consumer.assign(partitions);
                consumer.seekToEnd(partitions);
                follow(consumer, backoff);
            } catch (WakeupException e) {
                LOG.atDebug().addKeyValue("topic", topic).log("A topic is followed no more");
            } catch (RuntimeException | Error e) { // whatever it is, nobody else would start it again
                backoff.next();
                LOG.atWarn()
                        .addKeyValue("topic", topic)
                        .addKeyValue("problem", clients.refusals().reading(e))
                        .log("A topic cannot be followed; it is tried again");
                pause(backoff);
            }
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer, Backoff backoff) {
        while (!closed()) {
            var values = new ArrayList<byte[]>();
            consumer.poll(POLL).forEach(record -> {
                if (record.value() != null) {
                    values.add(record.value());
                }
            });
            backoff.reset();
            if (!values.isEmpty()) {
                told.accept(List.copyOf(values));
            }
        }
    }

    private void pause(Backoff backoff) {
        try {
            var _ = closing.await(backoff.remaining().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    /** Ends within about a poll's time; blocks until then. */
    @Override
    public void close() {
        closing.countDown();
        var reading = current;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

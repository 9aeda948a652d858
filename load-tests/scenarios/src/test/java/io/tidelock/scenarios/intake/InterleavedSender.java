package io.tidelock.scenarios.intake;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends one record of its own after every so many changes of the source bucket, from a thread of its own. */
final class InterleavedSender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final Queue<ProducerRecord<byte[], byte[]>> waiting;
    private final ExecutorService sending = Executors.newSingleThreadExecutor();
    private final AtomicLong changes = new AtomicLong();

    InterleavedSender(Sandbox sandbox, List<ProducerRecord<byte[], byte[]>> records, int changesBetween) {
        waiting = new ArrayDeque<>(records);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", sandbox.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        sandbox.world().listen(change -> {
            if (change.bucket().equals(TwoRegions.SOURCE_BUCKET)
                    && changes.incrementAndGet() % changesBetween == 0
                    && !sending.isShutdown()) {
                sending.execute(this::sendNext);
            }
        });
    }

    /** Sends what is left and waits until all has arrived. */
    void finish() throws InterruptedException {
        sending.execute(() -> {
            while (!waiting.isEmpty()) {
                sendNext();
            }
            producer.flush();
        });
        sending.shutdown();
        if (!sending.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the broker did not take " + waiting.size() + " records");
        }
    }

    @Override
    public void close() {
        sending.shutdownNow();
        producer.close();
    }

    private void sendNext() {
        var next = waiting.poll();
        if (next != null) {
            var _ = producer.send(next);
        }
    }
}

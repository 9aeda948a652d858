package io.tidelock.ingest.kafka;

import io.tidelock.ingest.handoff.OutgoingRecord;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the records of one transaction until one fails: the transaction is lost then, and without a broker each further record would wait for as long as that one has. Used by
 * one thread.
 */
final class Sending {
    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable KafkaException> failed = new AtomicReference<>();

    /** @param producer has begun a transaction */
    Sending(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Sends one more.
     *
     * @param ended is told the end of it as well
     * @throws KafkaException what this one, or an earlier one, is known to have failed with
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback and the commit tell what becomes of it
    void send(OutgoingRecord record, Callback ended) {
        producer.send(Recorder.kafkaRecord(record), (metadata, e) -> {
            ended.onCompletion(metadata, e);
            if (e != null) {
                failed.compareAndSet(null, e instanceof KafkaException known ? known : new KafkaException(e));
            }
        });
        var failure = failed.get();
        if (failure != null) {
            throw failure;
        }
    }
}

package io.tidelock.ingest.kafka;

import io.tidelock.ingest.handoff.OutgoingRecord;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes batches, each in one transaction; replaces its producer when that can no longer be used. */
final class Recorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Function<Throwable, String> words;
    private @Nullable Producer<byte[], byte[]> producer;

    /** @param words says what is wrong, and what remedies it */
    Recorder(Supplier<Producer<byte[], byte[]>> producers, Function<Throwable, String> words) {
        this.producers = producers;
        this.words = words;
    }

    /** How a transaction ended. */
    sealed interface Ending {}

    /** All of it is written. */
    record Recorded() implements Ending {}

    /** None of it is written. */
    record NotRecorded(String why) implements Ending {}

    /** None of it is written, and this result never will be unless the topic's settings or ACLs change. */
    record Refused(OwnedPartition partition, long offset, String why) implements Ending {}

    /** All or none of it is written; the committed offsets tell which, once {@link #open} has returned. */
    record Unsure(String why) implements Ending {}

    /**
     * Makes a producer where there is none, which ends what an earlier one of the same transactional id left open.
     *
     * @throws KafkaException when Kafka cannot be reached or refuses
     */
    void open() {
        if (producer != null) {
            return;
        }
        var fresh = producers.get();
        try {
            fresh.initTransactions();
        } catch (KafkaException e) {
            close(fresh, Duration.ZERO);
            throw e;
        }
        producer = fresh;
    }

    /** What is wrong, and what remedies it. */
    String words(Throwable failure) {
        return words.apply(failure);
    }

    /** Writes a batch; {@link #open} must have returned before. */
    Ending record(Batch batch, ConsumerGroupMetadata group) {
        var open = producer;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        var refused = new AtomicReference<@Nullable Refused>();
        var sending = new Sending(open);
        try {
            open.beginTransaction();
            for (var ofPartition : batch.commits().entrySet()) {
                var partition = ofPartition.getKey();
                for (long offset : ofPartition.getValue().recording()) {
                    for (var result : partition.results(offset)) {
                        sending.send(result, refusal(refused, partition, offset, result));
                    }
                }
            }
            open.sendOffsetsToTransaction(batch.offsets(), group);
        } catch (KafkaException | IllegalStateException e) {
            return aborted(open, refused, new NotRecorded(words.apply(e)));
        }
        try {
            open.commitTransaction();
            return new Recorded();
        } catch (KafkaException | IllegalStateException e) {
            return aborted(open, refused, new Unsure(words.apply(e)));
        }
    }

    private Ending aborted(
            Producer<byte[], byte[]> open, AtomicReference<@Nullable Refused> refused, Ending otherwise) {
        var refusal = refused.get();
        try {
            open.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            discard();
            return refusal == null ? otherwise : refusal;
        }
        return refusal != null ? refusal : otherwise instanceof Unsure(var why) ? new NotRecorded(why) : otherwise;
    }

    private void discard() {
        var unusable = producer;
        producer = null;
        if (unusable != null) {
            close(unusable, Duration.ZERO);
        }
    }

    private Callback refusal(
            AtomicReference<@Nullable Refused> refused, OwnedPartition partition, long offset, OutgoingRecord result) {
        return (_, e) -> {
            if (e instanceof TopicAuthorizationException denied
                    && denied.unauthorizedTopics().contains(result.topic())) {
                refused.compareAndSet(
                        null,
                        new Refused(
                                partition,
                                offset,
                                "a result of " + partition.at() + "@" + offset + " cannot be written: "
                                        + words.apply(denied)));
            } else if (e instanceof RecordTooLargeException
                    || e instanceof RecordBatchTooLargeException
                    || e instanceof InvalidRecordException) {
                var value = result.value();
                refused.compareAndSet(
                        null,
                        new Refused(
                                partition,
                                offset,
                                "a result of " + partition.at() + "@" + offset + " with "
                                        + (value == null ? 0 : value.length) + " bytes of value is refused by topic "
                                        + result.topic() + " (" + e.getMessage()
                                        + "): raise its max.message.bytes, and max.request.size in kafka.properties"));
            }
        };
    }

    /** A record with its headers, as producers take it. */
    static ProducerRecord<byte[], byte[]> kafkaRecord(OutgoingRecord result) {
        var headers = new RecordHeaders();
        result.headers().forEach(header -> headers.add(new RecordHeader(header.name(), header.value())));
        return new ProducerRecord<>(result.topic(), result.partition(), result.key(), result.value(), headers);
    }

    @Override
    public void close() {
        var open = producer;
        producer = null;
        if (open != null) {
            close(open, CLOSE);
        }
    }

    /** An interrupted thread is told so after the producer has been closed. */
    private static void close(Producer<byte[], byte[]> unused, Duration patience) {
        try {
            unused.close(patience);
        } catch (KafkaException e) {
            LOG.atDebug().setCause(e).log("a producer did not close in order");
        }
    }
}

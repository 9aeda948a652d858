package io.tidelock.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.order.OffsetLedger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Results first, or together with the offsets; never after them. */
class RecorderTest {
    private static final TopicPartition IN = new TopicPartition("in", 0);
    private static final ConsumerGroupMetadata GROUP = new MockConsumer<byte[], byte[]>("none").groupMetadata();

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Recorder recorder = new Recorder(() -> kafka, Throwable::toString);

    /** Two records of which both have a result. */
    private static Batch batch() {
        var partition = new OwnedPartition(IN, new OffsetLedger(0, null));
        for (var offset = 0; offset < 2; offset++) {
            partition.take(offset, 1);
            partition.done(offset, List.of(result(offset)));
        }
        var commits = new LinkedHashMap<>(Map.of(partition, Objects.requireNonNull(partition.commit(10))));
        return new Batch(commits);
    }

    private static OutgoingRecord result(int offset) {
        return new OutgoingRecord("out", null, new byte[1], ("answer " + offset).getBytes(UTF_8), List.of());
    }

    @Test
    void results_and_offsets_appear_in_one_transaction() {
        // Given
        recorder.open();

        // When
        var ending = recorder.record(batch(), GROUP);

        // Then
        assertThat(ending).isEqualTo(new Recorder.Recorded());
        assertThat(kafka.commitCount()).isEqualTo(1);
        assertThat(kafka.history()).hasSize(2);
        assertThat(kafka.consumerGroupOffsetsHistory())
                .containsExactly(Map.of(GROUP.groupId(), Map.of(IN, new OffsetAndMetadata(2, ""))));
    }

    @Test
    void what_cannot_be_written_leaves_no_offset_behind() {
        // Given
        recorder.open();
        kafka.sendException = new KafkaException("planted");

        // When
        var ending = recorder.record(batch(), GROUP);

        // Then
        assertThat(ending).isInstanceOf(Recorder.NotRecorded.class);
        assertThat(kafka.consumerGroupOffsetsHistory()).isEmpty();
        assertThat(kafka.history()).isEmpty();
    }

    @Test
    void nothing_waits_again_for_a_broker_that_one_result_has_waited_for_in_vain() {
        // Given
        var sent = new AtomicInteger();
        var absent =
                new MockProducer<byte[], byte[]>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public synchronized Future<RecordMetadata> send(
                            ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
                        sent.incrementAndGet();
                        var timeout = new TimeoutException("Topic out not present in metadata after 10000 ms.");
                        Objects.requireNonNull(callback).onCompletion(null, timeout);
                        return CompletableFuture.failedFuture(timeout);
                    }
                };
        var recorder = new Recorder(() -> absent, failure -> String.valueOf(failure.getMessage()));
        recorder.open();

        // When
        var ending = recorder.record(batch(), GROUP);

        // Then
        assertThat(sent).hasValue(1);
        assertThat(ending).isEqualTo(new Recorder.NotRecorded("Topic out not present in metadata after 10000 ms."));
        assertThat(absent.transactionAborted()).isTrue();
        assertThat(absent.consumerGroupOffsetsHistory()).isEmpty();
    }
}

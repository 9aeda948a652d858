package io.tidelock.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.ingest.order.OffsetLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is handed out of a partition that stands still, and what has to be read again. */
class InFlightTest {
    private static final TopicPartition IN = new TopicPartition("in", 0);

    private final List<Long> handled = new ArrayList<>();
    private final InFlight inFlight = new InFlight(
            (record, completion) -> {
                handled.add(record.position().offset());
                if (record.position().offset() == 7) {
                    throw new IllegalStateException("planted");
                }
                completion.done(List.of(Copying.answer(record)));
            },
            Broker.copying(Broker.limits(1_000, Duration.ZERO)));
    private final OwnedPartition partition = new OwnedPartition(IN, new OffsetLedger(0, null));

    private static List<ConsumerRecord<byte[], byte[]>> records(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> new ConsumerRecord<>("in", 0, offset, new byte[1], new byte[1]))
                .toList();
    }

    @Test
    void what_is_read_of_a_partition_that_waits_for_a_refused_result_is_to_be_read_again() {
        // Given
        inFlight.own(partition);
        assertThat(inFlight.handOut(partition, records(0, 3))).isEmpty();
        inFlight.refused(new Recorder.Refused(partition, 1, "too large"));

        // When
        var again = inFlight.handOut(partition, records(3, 6));
        inFlight.tryRefusedAgain();

        // Then
        assertThat(again).hasValue(3);
        assertThat(inFlight.handOut(partition, records(3, 6))).isEmpty();
        assertThat(handled).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(inFlight.stopped()).isEmpty();
    }

    @Test
    void a_bug_is_not_forgotten_when_a_refused_result_is_tried_again() {
        // Given
        inFlight.own(partition);

        // When
        var again = inFlight.handOut(partition, records(0, 12));
        inFlight.refused(new Recorder.Refused(partition, 1, "too large"));
        inFlight.tryRefusedAgain();

        // Then
        assertThat(again).hasValue(8);
        assertThat(inFlight.stopped().get("in-0")).startsWith("bug at offset 7");
        assertThat(inFlight.handOut(partition, records(8, 12))).hasValue(8);
        assertThat(handled).hasSize(8);
    }
}

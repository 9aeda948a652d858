package io.tidelock.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class StandstillTest {
    private static final TopicPartition DONE = new TopicPartition("t", 0);
    private static final TopicPartition BEHIND = new TopicPartition("t", 1);

    private final MockConsumer<byte[], byte[]> reader = new MockConsumer<>("none");

    private void at(long offset) {
        reader.assign(Set.of(DONE, BEHIND));
        reader.seek(DONE, 9);
        reader.seek(BEHIND, offset);
    }

    @Test
    void reading_that_does_not_move_on_ends_with_the_partition_and_its_offset() {
        // Given
        var standstill = new Standstill(Duration.ZERO, "do this");
        at(4);
        standstill.look(reader, Map.of(DONE, 9L, BEHIND, 7L));

        // Then
        assertThatThrownBy(() -> standstill.look(reader, Map.of(DONE, 9L, BEHIND, 7L)))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("partition 1 stands at offset 4 of 7 for 0 s: do this");
    }

    @Test
    void reading_that_moves_on_or_has_come_to_its_end_goes_on() {
        // Given
        var standstill = new Standstill(Duration.ZERO, "do this");

        // Then
        for (long offset = 0; offset <= 7; offset++) {
            at(offset);
            assertThatNoException().isThrownBy(() -> standstill.look(reader, Map.of(DONE, 9L, BEHIND, 7L)));
        }
        assertThatNoException().isThrownBy(() -> standstill.look(reader, Map.of(DONE, 9L, BEHIND, 7L)));
    }
}

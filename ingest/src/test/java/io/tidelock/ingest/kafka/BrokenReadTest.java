package io.tidelock.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.ingest.handoff.OutgoingRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reading to the end of a topic that cannot be reached: the broker dies meanwhile, or a transaction stays open. */
class BrokenReadTest {
    /** One batch a fetch, so that the first record is seen long before the last one. */
    private static final Map<String, String> IN_SMALL_BITES = Map.of(
            "fetch.max.bytes", "1",
            "max.partition.fetch.bytes", "1",
            "default.api.timeout.ms", "2000",
            "request.timeout.ms", "1000",
            "transaction.timeout.ms", "1000");

    private static KafkaSettings settings(Broker broker) {
        return new KafkaSettings(broker.kafka.bootstrapServers(), IN_SMALL_BITES, "one");
    }

    private static void writeBatches(Broker broker) {
        broker.kafka.createTopic("t", 1);
        for (int i = 0; i < 30; i++) {
            broker.write("t", i, i + 1);
        }
    }

    @Test
    void a_history_ends_by_name_when_its_broker_dies_while_it_is_read() {
        try (var broker = new Broker()) {
            // Given
            writeBatches(broker);
            var history = new KeyHistory(settings(broker));
            var positions = new HashMap<Integer, Long>();

            // When / Then
            assertThatThrownBy(() -> history.follow("t", new byte[] {1}, positions, 1_000, _ -> broker.kafka.kill()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching("the topic t cannot be read: TimeoutException: partition 0 stands at offset"
                            + " [0-9]+ of 30 for 2 s: see whether the partition's broker runs.*");
        }
    }

    @Test
    void a_history_that_is_longer_than_what_is_read_at_once_is_followed_from_its_beginning_step_by_step() {
        try (var broker = new Broker()) {
            // Given
            writeBatches(broker);
            var history = new KeyHistory(settings(broker));
            var positions = new HashMap<Integer, Long>();
            var read = new ArrayList<Integer>();

            // When
            var steps = 1;
            while (!history.follow(
                    "t", new byte[] {1}, positions, 10, value -> read.add(Integer.valueOf(Copying.text(value))))) {
                steps++;
            }

            // Then
            assertThat(read)
                    .containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
            assertThat(steps).isBetween(2, 3);
        }
    }

    @Test
    @Tag("big")
    void a_scan_ends_by_name_when_its_broker_dies_while_it_reads() {
        try (var broker = new Broker()) {
            // Given
            writeBatches(broker);
            try (var scan = new TopicScan(settings(broker), "t")) {
                // When / Then
                assertThatThrownBy(() -> scan.read(_ -> broker.kafka.kill()))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageMatching("the topic t cannot be read: TimeoutException: partition 0 stands at offset"
                                + " [0-9]+ of 30 for 3 s: either its broker does not answer, or another producer.*");
            }
        }
    }

    @Test
    void a_scan_waits_for_the_transaction_of_another_producer_and_misses_nothing_behind_it() throws Exception {
        try (var broker = new Broker();
                var open = transactional(broker);
                var other = new JobWriter(broker.settings("two"), "job")) {
            // Given
            broker.kafka.createTopic("t", 1);
            open.initTransactions();
            open.beginTransaction();
            open.send(new ProducerRecord<>("t", "first".getBytes(UTF_8))).get();
            other.write(List.of(new OutgoingRecord("t", 0, null, "behind".getBytes(UTF_8), List.of())));

            // When
            try (var scan = new TopicScan(broker.settings("one"), "t")) {
                var read = new ArrayList<String>();
                var reading = CompletableFuture.runAsync(
                        () -> scan.read(record -> read.add(Copying.text(Objects.requireNonNull(record.value())))));
                open.commitTransaction();
                reading.get(60, TimeUnit.SECONDS);

                // Then
                assertThat(read).containsExactly("first", "behind");
            }
        }
    }

    @Test
    void a_scan_says_where_a_transaction_stays_open() throws Exception {
        try (var broker = new Broker();
                var open = transactional(broker)) {
            // Given
            broker.kafka.createTopic("t", 1);
            open.initTransactions();
            open.beginTransaction();
            open.send(new ProducerRecord<>("t", "first".getBytes(UTF_8))).get();

            // When / Then
            try (var scan = new TopicScan(settings(broker), "t")) {
                assertThatThrownBy(() -> scan.read(_ -> {}))
                        .hasMessageContaining("the topic t cannot be read")
                        .hasMessageContaining("partition 0 stands at offset 0 of 1")
                        .hasMessageContaining("another producer has a transaction open there");
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> transactional(Broker broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.kafka.bootstrapServers(), "transactional.id", "open"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}

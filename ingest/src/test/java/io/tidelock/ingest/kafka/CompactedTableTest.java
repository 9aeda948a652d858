package io.tidelock.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidelock.ingest.kafka.CompactedTable.Row;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class CompactedTableTest {
    private static final Map<String, String> IMPATIENT = Map.of(
            "default.api.timeout.ms", "1500",
            "request.timeout.ms", "1000",
            "delivery.timeout.ms", "1500",
            "max.block.ms", "1500");

    private static List<String> texts(CompactedTable table) throws InterruptedException {
        return table.read().stream()
                .map(row -> new String(row.value(), UTF_8))
                .sorted()
                .toList();
    }

    @Test
    void every_reader_sees_what_any_writer_wrote_before_and_of_each_key_the_newest() throws Exception {
        try (var broker = new Broker();
                var one = new CompactedTable(broker.settings("one"), "t", "table");
                var other = new CompactedTable(broker.settings("other"), "t", "table")) {
            // Given
            broker.kafka.createTopic("table", 3);
            for (int i = 0; i < 100; i++) {
                one.write("k" + i % 10, ("v" + i).getBytes(UTF_8));
            }

            // Then
            assertThat(texts(other))
                    .containsExactly("v90", "v91", "v92", "v93", "v94", "v95", "v96", "v97", "v98", "v99");
            assertThat(other.size()).isEqualTo(10);

            // When
            for (int i = 1; i < 10; i++) {
                other.write("k" + i, null);
            }
            broker.write(List.of(new ProducerRecord<>("table", 0, null, new byte[] {1})));

            // Then
            assertThat(texts(one)).as("what has no key is no row").containsExactly("v90");
            assertThat(one.read()).extracting(Row::at).allMatch(at -> at.topic().equals("table"));
            assertThat(one.size()).isOne();
        }
    }

    @Test
    void reading_that_cannot_end_ends_when_the_table_is_closed() throws Exception {
        var patient = Map.of("default.api.timeout.ms", "60000");
        try (var broker = new Broker()) {
            // Given
            var table = new CompactedTable(
                    new KafkaSettings(broker.kafka.bootstrapServers(), patient, "one"), "t", "table");
            broker.kafka.createTopic("table", 1);
            assertThat(table.read()).isEmpty();
            broker.kafka.kill();
            var problems = new ConcurrentLinkedQueue<String>();
            var readers = IntStream.range(0, 3)
                    .mapToObj(_ -> new Thread(() -> {
                        try {
                            table.read();
                        } catch (IllegalStateException | InterruptedException e) {
                            problems.add(String.valueOf(e.getMessage()));
                        }
                    }))
                    .toList();
            readers.forEach(Thread::start);
            for (var reader : readers) {
                await().until(() -> reader.getState() == Thread.State.WAITING);
            }

            // When
            table.close();

            // Then
            for (var reader : readers) {
                reader.join();
            }
            assertThat(problems).hasSize(3).containsOnly("the topic table is read no more: its table is closed");
            assertThatThrownBy(table::read).hasMessageContaining("its table is closed");
        }
    }

    @Test
    void a_topic_that_is_missing_and_a_broker_that_goes_away_are_named_and_it_is_read_on_afterwards() throws Exception {
        try (var broker = new Broker();
                var table = new CompactedTable(
                        new KafkaSettings(broker.kafka.bootstrapServers(), IMPATIENT, "one"), "t", "table")) {
            // Given
            assertThatThrownBy(table::read)
                    .hasMessageContaining("the topic table")
                    .hasMessageContaining("not exist");
            broker.kafka.createTopic("table", 1);
            table.write("k", new byte[] {1});
            assertThat(table.read()).hasSize(1);

            // When
            broker.kafka.kill();

            // Then
            assertThatThrownBy(table::read).hasMessageContaining("the topic table cannot be read");
            assertThatThrownBy(() -> table.write("k", new byte[] {2}))
                    .hasMessageContaining("Kafka did not keep a record of table");

            // When
            broker.kafka.start();
            table.write("k2", new byte[] {3});

            // Then
            assertThat(table.read()).hasSize(2);
        }
    }
}

package io.tidelock.sandbox.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BrokerDiskTest {
    private static final long DISK_BYTES = 64 << 20;
    private static final Duration GENEROUS = Duration.ofMinutes(2);

    @BeforeAll
    static void thereIsADisk() {
        var obstacle = BrokerDisk.obstacle();
        Assumptions.assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
    }

    @Test
    void a_broker_whose_disk_is_full_ends_by_itself_and_once_there_is_room_has_what_it_acknowledged() throws Exception {
        try (var kafka = new SandboxKafka(0, DISK_BYTES).start();
                var other = new SandboxKafka().start()) {
            // Given
            kafka.createTopic("events", 1);
            var acknowledged = new ArrayList<String>();
            send(kafka, "before", acknowledged);

            // When
            kafka.disk().fill();
            sendUntilRefused(kafka, acknowledged);
            await().atMost(GENEROUS).until(() -> !kafka.isRunning());
            var start = assertThatThrownBy(kafka::start);
            kafka.disk().makeRoom();
            kafka.start();
            send(kafka, "after", acknowledged);

            // Then
            start.isInstanceOf(SandboxKafkaException.class).hasMessageContaining("did not start");
            assertThat(values(kafka)).containsExactlyElementsOf(acknowledged);
            assertThat(other.isRunning()).isTrue();
        }
    }

    @Test
    void a_broker_without_a_disk_of_its_own_says_so() {
        try (var kafka = new SandboxKafka()) {
            assertThatThrownBy(kafka::disk).hasMessageContaining("no disk of its own");
        }
    }

    private static void send(SandboxKafka kafka, String value, List<String> acknowledged) throws Exception {
        try (var producer = producer(kafka)) {
            producer.send(new ProducerRecord<>("events", value)).get();
            acknowledged.add(value);
        }
    }

    /** The last page that is begun may still have room. */
    private static void sendUntilRefused(SandboxKafka kafka, List<String> acknowledged) throws InterruptedException {
        try (var producer = producer(kafka)) {
            while (true) {
                var value = "x".repeat(500) + acknowledged.size();
                producer.send(new ProducerRecord<>("events", value)).get();
                acknowledged.add(value);
            }
        } catch (ExecutionException refused) {
            // the disk is full
        }
    }

    private static KafkaProducer<String, String> producer(SandboxKafka kafka) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "request.timeout.ms",
                        2_000,
                        "delivery.timeout.ms",
                        3_000,
                        "linger.ms",
                        0,
                        "max.block.ms",
                        3_000),
                new StringSerializer(),
                new StringSerializer());
    }

    private static List<String> values(SandboxKafka kafka) {
        return kafka.records("events").stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}

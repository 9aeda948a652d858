package io.tidelock.sandbox.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;

class SandboxKafkaTest {
    @Test
    void what_is_produced_is_read_back_after_a_stop_and_a_start_on_the_same_port() throws Exception {
        try (var kafka = new SandboxKafka().start()) {
            // Given
            kafka.createTopic("events", 3);
            send(kafka, "events", List.of("a", "b", "c"));
            var address = kafka.bootstrapServers();

            // When
            kafka.restart();
            send(kafka, "events", List.of("d"));

            // Then
            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(values(kafka, "events")).containsExactlyInAnyOrder("a", "b", "c", "d");
        }
    }

    @Test
    void a_killed_broker_recovers_what_it_had_acknowledged() throws Exception {
        try (var kafka = new SandboxKafka().start()) {
            // Given
            kafka.createTopic("events", 1);
            send(kafka, "events", List.of("a", "b"));

            // When
            kafka.kill();
            var runningAfterKill = kafka.isRunning();
            kafka.start();
            send(kafka, "events", List.of("c"));

            // Then
            assertThat(runningAfterKill).isFalse();
            assertThat(values(kafka, "events")).containsExactly("a", "b", "c");
        }
    }

    @Test
    void an_aborted_transaction_is_not_read() throws Exception {
        try (var kafka = new SandboxKafka().start()) {
            // Given
            kafka.createTopic("events", 1, Map.of("cleanup.policy", "compact"));

            // When
            try (var producer = producer(kafka, Map.of("transactional.id", "t1"))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("events", "k1", "kept")).get();
                producer.commitTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("events", "k2", "dropped")).get();
                producer.abortTransaction();
            }

            // Then
            assertThat(values(kafka, "events")).containsExactly("kept");
        }
    }

    @Test
    void two_brokers_side_by_side_share_nothing() throws Exception {
        try (var one = new SandboxKafka().start();
                var two = new SandboxKafka().start()) {
            // Given
            one.createTopic("events", 1);
            two.createTopic("events", 1);

            // When
            send(one, "events", List.of("only here"));

            // Then
            assertThat(values(one, "events")).containsExactly("only here");
            assertThat(values(two, "events")).isEmpty();
        }
    }

    @Test
    void a_port_taken_while_the_broker_was_stopped_is_a_named_error() throws Exception {
        try (var kafka = new SandboxKafka().start()) {
            // Given
            kafka.stop();
            var port = Integer.parseInt(kafka.bootstrapServers().substring("127.0.0.1:".length()));

            // When
            try (var thief = ServerSocketChannel.open()) {
                thief.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

                // Then
                assertThatThrownBy(kafka::start)
                        .isInstanceOf(SandboxKafkaException.class)
                        .hasMessageContaining("port " + port + " of the loopback address is taken");
            }
            assertThat(kafka.start().isRunning()).isTrue();
        }
    }

    @Test
    void a_broker_that_cannot_start_throws_its_reason_and_the_jvm_lives() throws Exception {
        // Given
        BrokerExits.areRefused();
        var ports = BrokerPorts.free(new Random(1), 0);
        Path unformatted = Files.createTempDirectory("tidelock-unformatted-");

        // When
        var start = assertThatThrownBy(
                () -> RunningBroker.start(unformatted, BrokerConfig.of(77, ports, unformatted), ports, _ -> {}));

        // Then
        start.isInstanceOf(SandboxKafkaException.class).hasMessageContaining("did not start");
        assertThatThrownBy(() -> Exit.exit(1, "because")).hasMessageContaining("because");
        ports.close();
        Files.deleteIfExists(unformatted);
    }

    @Test
    void closing_deletes_the_data_and_cannot_be_undone() throws Exception {
        // Given
        var kafka = new SandboxKafka().start();
        var existed = Files.isDirectory(kafka.dataDirectory());

        // When
        kafka.close();

        // Then
        assertThat(existed).isTrue();
        assertThat(kafka.dataDirectory()).doesNotExist();
        assertThatThrownBy(kafka::start).isInstanceOf(IllegalStateException.class);
    }

    private static void send(SandboxKafka kafka, String topic, List<String> values) throws Exception {
        try (var producer = producer(kafka, Map.of())) {
            for (var value : values) {
                producer.send(new ProducerRecord<>(topic, value)).get();
            }
        }
    }

    private static KafkaProducer<String, String> producer(SandboxKafka kafka, Map<String, Object> more) {
        var settings = new HashMap<String, Object>(more);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static List<String> values(SandboxKafka kafka, String topic) {
        return kafka.records(topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}

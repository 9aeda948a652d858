package io.tidelock.scenarios.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.kafka.SandboxKafka;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditTest {
    private final SandboxKafka kafka = new SandboxKafka().start();

    @BeforeEach
    void topics() {
        List.of(
                        TwoRegions.EVENTS_TOPIC,
                        "tidelock.events",
                        "tidelock.outcomes",
                        "tidelock.parked",
                        "tidelock.dead-letters")
                .forEach(topic -> kafka.createTopic(topic, 1));
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void the_dead_letter_of_a_failed_operation_is_no_event_that_was_not_accepted() throws Exception {
        // Given
        send(TwoRegions.EVENTS_TOPIC, "{}", "{}", "not JSON");
        send("tidelock.events", "{}", "{}");
        send("tidelock.outcomes", outcome(0, "replicated"), outcome(1, "failed"));
        sendLetter("tidelock.events", 1);
        sendLetter(TwoRegions.EVENTS_TOPIC, 2);

        try (var audit = new Audit(kafka.bootstrapServers())) {
            // When
            var complete = audit.isComplete();

            // Then
            assertThat(complete).as(audit::standing).isTrue();
            assertThat(audit.standing()).endsWith("missing: nothing");
        }
    }

    @Test
    void what_is_missing_or_doubled_is_named() throws Exception {
        // Given
        send(TwoRegions.EVENTS_TOPIC, "{}", "{}", "{}", "{}");
        send("tidelock.events", "{}", "{}", "{}");
        send("tidelock.outcomes", outcome(0, "replicated"), outcome(0, "replicated"), outcome(1, "failed"));
        send("tidelock.parked", outcome(2, "parked"));

        try (var audit = new Audit(kafka.bootstrapServers())) {
            // When
            var complete = audit.isComplete();

            // Then
            assertThat(complete).isFalse();
            assertThat(audit.standing())
                    .contains("1 events in tidelock.events")
                    .contains("1 outcomes, such as [Position[partition=0, offset=2] which was parked]")
                    .contains("1 dead letters of failed operations, such as [Position[partition=0, offset=1]]");
            assertThat(audit.repeated()).singleElement().asString().contains("offset=0");
        }
    }

    private static String outcome(long offset, String result) {
        return """
            {"topic": "tidelock.events", "partition": 0, "offset": %d, "result": "%s", "event": {"versionId": "v%d"}}
            """.formatted(offset, result, offset);
    }

    private void send(String topic, String... values) throws Exception {
        for (var value : values) {
            send(new ProducerRecord<>(topic, value.getBytes(UTF_8)));
        }
    }

    private void sendLetter(String topic, long offset) throws Exception {
        var letter = new ProducerRecord<byte[], byte[]>("tidelock.dead-letters", new byte[0]);
        Map.of("tidelock-topic", topic, "tidelock-partition", "0", "tidelock-offset", Long.toString(offset))
                .forEach((name, value) -> letter.headers().add(new RecordHeader(name, value.getBytes(UTF_8))));
        send(letter);
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }
}

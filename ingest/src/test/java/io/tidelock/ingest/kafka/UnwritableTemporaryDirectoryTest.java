package io.tidelock.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's compressions that are native code unpack it into the temporary directory. */
class UnwritableTemporaryDirectoryTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int RECORDS = 50;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd"})
    void records_that_cannot_be_unpacked_wait_and_the_remedy_is_named(String compression)
            throws IOException, InterruptedException {
        try (var broker = new Broker().topics(1)) {
            // Given
            write(broker, compression);
            var log = directory.resolve("log");
            var unusable = Files.createFile(directory.resolve("a file"));

            // When
            var process = CopyingProcess.start(
                    broker.kafka.bootstrapServers(),
                    "a",
                    1,
                    ProcessBuilder.Redirect.to(log.toFile()),
                    "-Djava.io.tmpdir=" + unusable);
            try {
                await().atMost(LONG)
                        .untilAsserted(() ->
                                assertThat(Files.readString(log)).contains("java.io.tmpdir " + unusable, "JAVA_OPTS"));
                assertThat(process.isAlive()).isTrue();
            } finally {
                process.destroyForcibly().waitFor();
            }

            // Then
            assertThat(broker.out()).isEmpty();
            broker.start("b", new Copying(1, 0));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(broker.out())
                            .containsExactlyInAnyOrderElementsOf(
                                    IntStream.range(0, RECORDS).boxed().toList()));
        }
    }

    private static void write(Broker broker, String compression) {
        var properties = Map.<String, Object>of(
                "bootstrap.servers", broker.kafka.bootstrapServers(), "linger.ms", 50, "compression.type", compression);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var i = 0; i < RECORDS; i++) {
                var number = Integer.toString(i).getBytes(UTF_8);
                var _ = producer.send(new ProducerRecord<>("in", number, number));
            }
        }
    }
}

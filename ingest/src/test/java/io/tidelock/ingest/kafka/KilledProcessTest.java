package io.tidelock.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KilledProcessTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int RECORDS = 6_000;
    private static final int KILLS = 4;

    @Test
    void a_process_killed_again_and_again_answers_every_record_exactly_once() throws InterruptedException {
        // Given
        var seed = 17L;
        var random = new Random(seed);
        try (var broker = new Broker().topics(3)) {
            broker.write("in", 0, RECORDS);
            // When
            for (int i = 0; i < KILLS; i++) {
                int enough = (i + 1) * RECORDS / (KILLS + 2) - random.nextInt(300);
                var process = CopyingProcess.start(broker.kafka.bootstrapServers(), "a", seed + i);
                try {
                    await().pollInterval(Duration.ofMillis(20))
                            .atMost(LONG)
                            .until(() -> broker.out().size() >= enough);
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
            var started = System.nanoTime();
            broker.start("a", new Copying(seed, 40));
            var before = broker.out().size();
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(LONG)
                    .until(() -> broker.out().size() > before);
            System.out.printf("first answer %d ms after a kill%n", (System.nanoTime() - started) / 1_000_000);
            await().atMost(LONG).until(() -> broker.out().size() >= RECORDS);
            // Then
            assertThat(before).as("seed %d", seed).isLessThan(RECORDS);
            assertThat(broker.out())
                    .as("seed %d", seed)
                    .hasSize(RECORDS)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, RECORDS).boxed().toList());
        }
    }
}

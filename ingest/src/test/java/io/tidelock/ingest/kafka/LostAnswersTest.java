package io.tidelock.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Transactions whose requests or answers get lost, so that nobody tells the loop how they ended. */
final class LostAnswersTest {
    private static final int RECORDS = 1_500;

    private enum Fault {
        COMMIT_ANSWER_LOST,
        COMMIT_REQUEST_LOST,
        ABORT_REFUSED,
        OFFSETS_REFUSED
    }

    private final Random random = new Random(23);
    private final Map<Fault, Integer> planted = new EnumMap<>(Fault.class);

    @Test
    void every_record_is_answered_once_though_nobody_says_how_transactions_ended() {
        try (var broker = new Broker().topics(3)) {
            // Given
            broker.write("in", 0, RECORDS);
            var settings = Broker.copying(
                    new LoopSettings.Limits(200, 1 << 20, 40, Duration.ofMillis(5), Duration.ofSeconds(10)));
            var loop = new PollLoop(
                    broker.settings("a"), settings, new Copying(1, 10), InstantSource.system(), this::tampered);
            // When
            loop.start();
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> broker.out().size() >= RECORDS && loop.state().recordsInFlight() == 0);
            // Then
            assertThat(broker.out())
                    .hasSize(RECORDS)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, RECORDS).boxed().toList());
            assertThat(loop.stop(Duration.ofSeconds(10))).isTrue();
            assertThat(planted).containsOnlyKeys(Fault.values());
        }
    }

    /** Called on the loop's thread only. */
    @SuppressWarnings("unchecked")
    private Producer<byte[], byte[]> tampered(Producer<byte[], byte[]> real) {
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                LostAnswersTest.class.getClassLoader(), new Class<?>[] {Producer.class}, (_, method, args) -> {
                    switch (method.getName()) {
                        case "commitTransaction" -> {
                            plant(Fault.COMMIT_REQUEST_LOST, 10, new TimeoutException("planted"));
                            real.commitTransaction();
                            plant(Fault.COMMIT_ANSWER_LOST, 10, new TimeoutException("planted"));
                            return null;
                        }
                        case "abortTransaction" -> plant(Fault.ABORT_REFUSED, 3, new KafkaException("planted"));
                        case "sendOffsetsToTransaction" ->
                            plant(Fault.OFFSETS_REFUSED, 15, new KafkaException("planted"));
                        default -> {}
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void plant(Fault fault, int oneIn, KafkaException e) {
        if (random.nextInt(oneIn) == 0) {
            planted.merge(fault, 1, Integer::sum);
            throw e;
        }
    }
}

package io.tidelock.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.ingest.kafka.LoopState.Phase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** A Kafka that answers the group and takes no result, as one does whose transaction coordinator is gone. */
final class UnrecordableTest {
    private static final int RECORDS = 200;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicBoolean refused = new AtomicBoolean();

    @Test
    void a_loop_that_cannot_record_says_so_and_records_all_once_it_can() {
        try (var broker = new Broker().topics(2)) {
            // Given
            var settings = Broker.copying(
                    new LoopSettings.Limits(100, 1 << 20, 40, Duration.ofMillis(5), Duration.ofSeconds(10)));
            var loop = new PollLoop(
                    broker.settings("a"), settings, new Copying(1, 0), InstantSource.system(), this::tampered);
            loop.start();
            await().atMost(LONG).until(() -> loop.state().isHealthy());

            // When
            refused.set(true);
            broker.write("in", 0, RECORDS);

            // Then
            await().atMost(LONG).until(() -> loop.state().phase() == Phase.DISCONNECTED);
            assertThat(loop.state().lastError()).contains("cannot record", "planted");
            refused.set(false);
            await().atMost(LONG)
                    .until(() -> loop.state().isHealthy() && broker.out().size() >= RECORDS);
            assertThat(broker.out())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, RECORDS).boxed().toList());
            assertThat(loop.stop(Duration.ofSeconds(10))).isTrue();
        }
    }

    @SuppressWarnings("unchecked")
    private Producer<byte[], byte[]> tampered(Producer<byte[], byte[]> real) {
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                UnrecordableTest.class.getClassLoader(), new Class<?>[] {Producer.class}, (_, method, args) -> {
                    if (refused.get() && method.getName().equals("sendOffsetsToTransaction")) {
                        throw new TimeoutException("planted");
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

package io.tidelock.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.ingest.kafka.LoopSettings.SideTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session that does not get all of its clients. */
class HalfOpenedTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    private final Broker broker = new Broker();

    @AfterEach
    void stop() {
        broker.close();
    }

    /** Counts the members of the group that are open, and keeps the reader of the side topic from being opened once. */
    public static final class Reporter implements MetricsReporter {
        private static final AtomicInteger MEMBERS = new AtomicInteger();
        private static final AtomicBoolean REFUSED = new AtomicBoolean();
        private boolean member;

        @Override
        public void configure(Map<String, ?> configs) {
            var client = String.valueOf(configs.get("client.id"));
            if (client.contains("reader") && REFUSED.compareAndSet(false, true)) {
                throw new ConfigException("planted");
            }
            member = client.contains("consumer");
            MEMBERS.addAndGet(member ? 1 : 0);
        }

        @Override
        public void init(List<KafkaMetric> metrics) {}

        @Override
        public void metricChange(KafkaMetric metric) {}

        @Override
        public void metricRemoval(KafkaMetric metric) {}

        @Override
        public void close() {
            MEMBERS.addAndGet(member ? -1 : 0);
        }
    }

    @Test
    void a_session_that_cannot_open_its_reader_closes_its_member() {
        // Given
        broker.topics(1).kafka.createTopic("side", 1);
        broker.write("in", 0, 1);
        var kafka = new KafkaSettings(
                broker.kafka.bootstrapServers(), Map.of("metric.reporters", Reporter.class.getName()), "a");
        var settings = new LoopSettings(
                "copy",
                "copiers",
                new Subscription.Topics(Set.of("in")),
                Broker.limits(10, Duration.ofSeconds(2)),
                Optional.of(new SideTopic("side", 10, 1 << 20)));

        // When
        broker.start(kafka, settings, new Copying(1, 0));
        await().atMost(LONG).until(() -> broker.out().size() == 1);

        // Then
        assertThat(Reporter.REFUSED).isTrue();
        assertThat(Reporter.MEMBERS).hasValue(1);
    }
}

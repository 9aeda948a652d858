package io.tidelock.ingest.kafka;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.kafka.LoopState.Phase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PollLoopTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    private final Broker broker = new Broker();

    @AfterEach
    void close() {
        broker.close();
    }

    private void assertExactlyOnce(int records) {
        assertThat(broker.out()).hasSize(records).containsExactlyInAnyOrderElementsOf(numbers(records));
    }

    private static List<Integer> numbers(int records) {
        return IntStream.range(0, records).boxed().collect(toList());
    }

    private void awaitOut(int records) {
        await().atMost(LONG).until(() -> broker.out().size() >= records);
    }

    @Test
    void every_record_is_answered_once_though_work_ends_in_any_order() {
        // Given
        broker.topics(4).write("in", 0, 5_000);
        // When
        var loop = broker.start("a", new Copying(1, 5));
        awaitOut(5_000);
        // Then
        assertExactlyOnce(5_000);
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(loop.state().isHealthy()).isTrue();
            assertThat(loop.state().recordsInFlight()).isZero();
            assertThat(loop.state().bytesInFlight()).isZero();
            assertThat(loop.state().assigned()).isEqualTo(Map.of("in", Set.of(0, 1, 2, 3)));
        });
        assertThat(broker.committed("copiers").values())
                .allSatisfy(committed -> assertThat(committed.metadata()).isEmpty());
        assertThat(loop.stop(Duration.ofSeconds(10))).isTrue();
        assertThat(loop.state().phase()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void a_broker_that_dies_in_the_middle_costs_nothing_but_time() {
        // Given
        broker.topics(3).write("in", 0, 3_000);
        var dead = new CountDownLatch(1);
        var loop = broker.start("a", holding(1_500, dead, new Copying(2, 20)));
        awaitOut(500);
        // When
        broker.kafka.kill();
        dead.countDown();
        await().atMost(LONG).until(() -> loop.state().lastError() != null);
        broker.kafka.start();
        awaitOut(3_000);
        // Then
        assertExactlyOnce(3_000);
        await().atMost(LONG)
                .until(() -> loop.state().isHealthy() && loop.state().recordsInFlight() == 0);
    }

    /** Hands on, but records from a number on only when a latch opens. */
    private static RecordHandler holding(int from, CountDownLatch latch, RecordHandler next) {
        return (record, completion) -> {
            if (Integer.parseInt(Copying.text(Objects.requireNonNull(record.value()))) < from) {
                next.handle(record, completion);
                return;
            }
            Thread.startVirtualThread(() -> {
                try {
                    latch.await();
                    next.handle(record, completion);
                } catch (InterruptedException e) {
                    completion.failed(e);
                }
            });
        };
    }

    @Test
    void a_loop_without_work_says_that_its_broker_is_gone() {
        // Given
        broker.topics(1).write("in", 0, 10);
        var loop = broker.start("a", new Copying(8, 0));
        awaitOut(10);
        await().atMost(LONG).until(() -> loop.state().recordsInFlight() == 0);
        // When
        broker.kafka.kill();
        // Then
        await().atMost(LONG).until(() -> loop.state().phase() == Phase.DISCONNECTED);
        assertThat(loop.state().lastError()).isNotNull();
        broker.kafka.start();
        await().atMost(LONG).until(() -> loop.state().isHealthy());
    }

    @Test
    void rule_51_instances_share_the_partitions_and_hand_them_over_without_answering_twice() {
        // Given
        broker.topics(6).write("in", 0, 2_000);
        var first = broker.start("a", new Copying(3, 30));
        awaitOut(200);
        // When
        var second = broker.start("b", new Copying(4, 30));
        await().atMost(LONG).until(() -> !second.state().assigned().isEmpty());
        broker.write("in", 2_000, 4_000);
        awaitOut(3_000);
        assertThat(first.stop(Duration.ofSeconds(20))).isTrue();
        awaitOut(4_000);
        // Then
        assertExactlyOnce(4_000);
        await().atMost(LONG).until(() -> second.state().assigned().equals(Map.of("in", Set.of(0, 1, 2, 3, 4, 5))));
    }

    @Test
    void a_loop_that_starts_before_its_broker_keeps_trying() {
        // Given
        broker.topics(1).write("in", 0, 10);
        broker.kafka.stop();
        // When
        var loop = broker.start("a", new Copying(5, 0));
        await().atMost(LONG).until(() -> loop.state().phase() == Phase.DISCONNECTED);
        assertThat(loop.state().isHealthy()).isFalse();
        broker.kafka.start();
        awaitOut(10);
        // Then
        assertExactlyOnce(10);
        await().atMost(LONG).until(() -> loop.state().isHealthy());
    }

    @Test
    void topics_that_match_a_pattern_are_read_also_when_they_appear_later() {
        // Given
        broker.topics(1);
        var settings = new LoopSettings(
                "copy",
                "copiers",
                new Subscription.Matching(Pattern.compile("in.*")),
                Broker.limits(100, Duration.ofSeconds(10)));
        var kafka = new KafkaSettings(broker.kafka.bootstrapServers(), Map.of("metadata.max.age.ms", "500"), "a");
        var loop = new PollLoop(kafka, settings, new Copying(6, 0), InstantSource.system());
        loop.start();
        broker.write("in", 0, 5);
        awaitOut(5);
        // When
        broker.kafka.createTopic("in-later", 1);
        broker.write("in-later", 5, 10);
        awaitOut(10);
        // Then
        assertExactlyOnce(10);
        assertThat(loop.stop(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void a_second_process_of_the_same_name_ends_the_first_with_the_remedy() {
        // Given
        broker.topics(2).write("in", 0, 10);
        var first = broker.start("a", new Copying(7, 0));
        awaitOut(10);
        // When
        broker.start("a", new Copying(8, 0));
        // Then
        await().atMost(LONG).until(() -> first.state().phase() == Phase.FAILED);
        assertThat(first.state().lastError()).contains("give each its own `instance`");
        assertExactlyOnce(10);
    }

    @Test
    void a_loop_that_never_started_stops_at_once() {
        // Given
        var loop = new PollLoop(
                broker.settings("a"),
                Broker.copying(LoopSettings.Limits.DEFAULT),
                new Copying(9, 0),
                InstantSource.system());
        // Then
        assertThat(loop.stop(Duration.ZERO)).isTrue();
        assertThat(loop.state().phase()).isEqualTo(Phase.STARTING);
    }
}

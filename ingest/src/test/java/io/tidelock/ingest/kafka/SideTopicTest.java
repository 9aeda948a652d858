package io.tidelock.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.ingest.kafka.LoopSettings.SideTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SideTopicTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int PARTITIONS = 4;
    private static final int SIDE_MAX = 2_000;

    private final Broker broker = new Broker();

    @AfterEach
    void stop() {
        broker.close();
    }

    /** Puts every third record aside once, answers the others; tells who read what. */
    private static final class SettingAside implements RecordHandler {
        final Set<Integer> foreseen = ConcurrentHashMap.newKeySet();
        final Set<Integer> liveBeforeForeseen = ConcurrentHashMap.newKeySet();
        final Set<Integer> partitionsOfIn = ConcurrentHashMap.newKeySet();
        final Set<Integer> partitionsOfSide = ConcurrentHashMap.newKeySet();
        private final ConcurrentLinkedQueue<Runnable> held = new ConcurrentLinkedQueue<>();
        private volatile boolean released;

        @Override
        public void foresee(SourceRecord record) {
            foreseen.add(number(record));
            if (!partitionsOfIn.isEmpty()
                    && partitionsOfIn.contains(record.position().partition())) {
                liveBeforeForeseen.add(number(record));
            }
        }

        @Override
        public void handle(SourceRecord record, Completion completion) {
            if (record.position().topic().equals("side")) {
                partitionsOfSide.add(record.position().partition());
                held.add(() -> completion.done(List.of(Copying.answer(record))));
                return;
            }
            partitionsOfIn.add(record.position().partition());
            completion.done(List.of(
                    number(record) % 3 == 0
                            ? new OutgoingRecord(
                                    "side", record.position().partition(), record.key(), record.value(), List.of())
                            : Copying.answer(record)));
        }

        void release() {
            released = true;
        }

        @Override
        public void turn() {
            for (var next = released ? held.poll() : null; next != null; next = held.poll()) {
                next.run();
            }
        }

        private static int number(SourceRecord record) {
            return Integer.parseInt(Copying.text(Objects.requireNonNull(record.value())));
        }
    }

    private PollLoop start(String instance, RecordHandler handler) {
        var settings = new LoopSettings(
                "copy",
                "copiers",
                new Subscription.Topics(Set.of("in")),
                Broker.limits(1_000, Duration.ofSeconds(2)),
                Optional.of(new SideTopic("side", SIDE_MAX, 1 << 20)));
        return broker.start(instance, settings, handler);
    }

    @Test
    void what_is_put_aside_is_read_by_the_owner_of_the_partition_and_foreseen_by_the_next_one() {
        // Given
        broker.topics(PARTITIONS).kafka.createTopic("side", PARTITIONS);
        broker.write("in", 0, 900);
        var first = new SettingAside();
        var loop = start("a", first);
        await().atMost(LONG).until(() -> broker.out().size() == 600);
        await().atMost(LONG).until(() -> broker.kafka.records("side").size() == 300);
        // When
        loop.stop(Duration.ofMillis(100));
        var second = new SettingAside();
        start("b", second);
        broker.write("in", 900, 1_200);
        await().atMost(LONG).until(() -> broker.out().size() == 800);
        // Then
        assertThat(second.foreseen).isEqualTo(thirds(900));
        assertThat(second.liveBeforeForeseen).isEmpty();
        second.release();
        await().atMost(LONG).until(() -> broker.out().size() == 1_200);
        assertThat(sorted(broker.out())).isEqualTo(numbers(1_200));
        assertThat(second.partitionsOfSide).isEqualTo(second.partitionsOfIn);
    }

    @Test
    void records_put_aside_move_with_their_partitions_when_an_instance_joins() {
        // Given
        broker.topics(PARTITIONS).kafka.createTopic("side", PARTITIONS);
        broker.write("in", 0, 300);
        var first = new SettingAside();
        var leaving = start("a", first);
        await().atMost(LONG).until(() -> broker.out().size() == 200);
        // When
        var second = new SettingAside();
        var joining = start("b", second);
        await().atMost(LONG)
                .until(() -> joining.state()
                                .assigned()
                                .getOrDefault("side", Set.of())
                                .size()
                        == PARTITIONS / 2);
        assertThat(joining.state().assigned().get("side"))
                .isEqualTo(joining.state().assigned().get("in"));
        assertThat(leaving.state().assigned().get("side"))
                .isEqualTo(leaving.state().assigned().get("in"));
        first.release();
        second.release();
        // Then
        await().atMost(LONG).until(() -> broker.out().size() >= 300);
        assertThat(sorted(broker.out())).isEqualTo(numbers(300));
        await().atMost(LONG)
                .until(() -> leaving.state().recordsInFlight() + joining.state().recordsInFlight() == 0);
    }

    @Test
    void no_more_is_read_of_what_is_put_aside_than_the_bound_says() {
        // Given
        broker.topics(PARTITIONS).kafka.createTopic("side", PARTITIONS);
        broker.write("in", 0, 9_000);
        var handler = new SettingAside();
        // When
        var loop = start("a", handler);
        await().atMost(LONG).until(() -> broker.kafka.records("side").size() == 3_000);
        await().atMost(LONG).until(() -> loop.state().recordsInFlight() >= SIDE_MAX);
        // Then
        var bound = SIDE_MAX + KafkaClients.POLL_RECORDS_MAX;
        await().during(Duration.ofSeconds(2))
                .atMost(LONG)
                .failFast(() -> assertThat(loop.state().recordsInFlight()).isLessThan(bound))
                .until(() -> loop.state().recordsInFlight() >= SIDE_MAX);
        handler.release();
        await().atMost(LONG).until(() -> broker.out().size() == 9_000);
    }

    @Test
    void what_is_recorded_of_the_side_topic_is_deleted_and_nothing_else() {
        // Given
        broker.topics(PARTITIONS).kafka.createTopic("side", PARTITIONS);
        broker.write("in", 0, 300);
        var handler = new SettingAside();
        var loop = start("a", handler);
        await().atMost(LONG).until(() -> broker.kafka.records("side").size() == 100);
        handler.release();
        await().atMost(LONG).until(() -> broker.out().size() == 300);

        // When
        await().atMost(LONG).until(() -> broker.kafka.records("side").isEmpty());

        // Then
        loop.stop(Duration.ofSeconds(2));
        var next = new SettingAside();
        start("b", next);
        broker.write("in", 300, 600);
        await().atMost(LONG).until(() -> broker.kafka.records("side").size() == 100);
        assertThat(next.foreseen).isEmpty();
        next.release();
        await().atMost(LONG).until(() -> broker.out().size() == 600);
        assertThat(sorted(broker.out())).isEqualTo(numbers(600));
    }

    @Test
    void what_lies_in_a_transaction_that_is_committed_after_the_takeover_is_foreseen() {
        // Given
        broker.topics(PARTITIONS).kafka.createTopic("side", PARTITIONS);
        try (var earlier = new KafkaClients(broker.settings("earlier")).transactional("earlier", "earlier")) {
            earlier.initTransactions();
            earlier.beginTransaction();
            var _ = earlier.send(new ProducerRecord<>("side", 0, null, "7".getBytes(UTF_8)));
            earlier.flush();
            var handler = new SettingAside();
            var loop = start("a", handler);
            await().atMost(LONG)
                    .until(() ->
                            loop.state().assigned().getOrDefault("in", Set.of()).size() == PARTITIONS);

            // When
            earlier.commitTransaction();

            // Then
            await().atMost(LONG).until(() -> !handler.partitionsOfSide.isEmpty());
            assertThat(handler.foreseen).containsExactly(7);
        }
    }

    @Test
    void a_side_topic_goes_with_a_single_topic() {
        var side = Optional.of(new SideTopic("side", 1, 1));
        var limits = LoopSettings.Limits.DEFAULT;
        assertThatThrownBy(() -> new LoopSettings(
                        "r", "g", new Subscription.Topics(new TreeSet<>(Set.of("a", "b"))), limits, side))
                .hasMessageContaining("a side topic goes with one other topic");
        assertThatThrownBy(() -> new LoopSettings("r", "g", new Subscription.Topics(Set.of("side")), limits, side))
                .hasMessageContaining("a side topic goes with one other topic");
    }

    private static Set<Integer> thirds(int to) {
        return IntStream.range(0, to).filter(i -> i % 3 == 0).boxed().collect(toCollection(TreeSet::new));
    }

    private static List<Integer> numbers(int to) {
        return IntStream.range(0, to).boxed().toList();
    }

    private static List<Integer> sorted(List<Integer> numbers) {
        var sorted = new ArrayList<>(numbers);
        sorted.sort(null);
        return sorted;
    }
}

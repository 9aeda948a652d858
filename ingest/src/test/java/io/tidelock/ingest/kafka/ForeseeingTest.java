package io.tidelock.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.domain.StreamPosition;
import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.NewerRecordException;
import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.ingest.kafka.LoopSettings.SideTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForeseeingTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    private static final int BACKLOG = 20_000;

    private final Broker broker = new Broker();

    @AfterEach
    void stop() {
        broker.close();
    }

    /** Counts what is foreseen; the session breaks in the middle of it, once. */
    private static final class Breaking implements RecordHandler {
        final List<Long> foreseen = new CopyOnWriteArrayList<>();
        private final AtomicBoolean broken = new AtomicBoolean();

        @Override
        public void foresee(SourceRecord record) {
            if (record.position().offset() == 50 && broken.compareAndSet(false, true)) {
                throw new KafkaException("planted");
            }
            foreseen.add(record.position().offset());
        }

        @Override
        public void handle(SourceRecord record, Completion completion) {
            completion.done(List.of(Copying.answer(record)));
        }

        @Override
        public void letGo(String topic, Set<Integer> partitions) {
            if (topic.equals("side")) {
                foreseen.clear();
            }
        }
    }

    /** Counts the rounds of the loop that foresaw something. */
    private static final class Counting implements RecordHandler {
        private int rounds;
        private int foreseen;
        private boolean any;

        @Override
        public void foresee(SourceRecord record) {
            foreseen++;
            any = true;
        }

        @Override
        public void turn() {
            rounds += any ? 1 : 0;
            any = false;
        }

        @Override
        public void handle(SourceRecord record, Completion completion) {
            completion.done(List.of(Copying.answer(record)));
        }
    }

    /** Does not know what the record at this offset of the side topic's first partition says; counts what is handed out. */
    private static final class Older implements RecordHandler {
        private static final long NEWER = 7;
        final List<StreamPosition> handled = new CopyOnWriteArrayList<>();

        @Override
        public void foresee(SourceRecord record) {
            if (record.position().partition() == 0 && record.position().offset() == NEWER) {
                throw new NewerRecordException(record.position(), "v is 99");
            }
        }

        @Override
        public void handle(SourceRecord record, Completion completion) {
            handled.add(record.position());
            completion.done(List.of(Copying.answer(record)));
        }
    }

    @Test
    void nothing_goes_ahead_of_a_record_that_only_a_newer_version_can_foresee() {
        // Given
        broker.topics(2).kafka.createTopic("side", 2);
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var number = 0; number < 80; number++) {
            var value = Integer.toString(number).getBytes(UTF_8);
            records.add(new ProducerRecord<>(number < 40 ? "side" : "in", number % 2, value, value));
        }
        broker.write(records);
        var handler = new Older();

        // When
        var loop = broker.start("a", settings(), handler);
        await().atMost(LONG).until(() -> broker.out().size() == 40);

        // Then
        assertThat(loop.state().stopped())
                .hasEntrySatisfying(
                        "side-0",
                        reason -> assertThat(reason).contains("side-0@7 was written by a newer Tidelock: v is 99"));
        assertThat(handler.handled).extracting(StreamPosition::partition).containsOnly(1);
        assertThat(loop.stop(Duration.ofSeconds(2))).isTrue();
        broker.start("b", settings(), (record, completion) -> completion.done(List.of(Copying.answer(record))));
        await().atMost(LONG).until(() -> broker.out().size() == 80);
        assertThat(broker.out()).doesNotHaveDuplicates();
    }

    @Test
    void a_long_backlog_is_foreseen_in_few_rounds_of_the_loop() {
        // Given
        broker.topics(1).kafka.createTopic("side", 1);
        broker.write("side", 0, BACKLOG);
        broker.write("in", BACKLOG, BACKLOG + 1);
        var handler = new Counting();

        // When
        broker.start("a", settings(), handler);
        await().atMost(LONG).until(() -> broker.out().size() == BACKLOG + 1);

        // Then
        assertThat(handler.foreseen).isEqualTo(BACKLOG);
        assertThat(handler.rounds).isLessThan(BACKLOG / KafkaClients.POLL_RECORDS_MAX / 2);
    }

    private static LoopSettings settings() {
        return new LoopSettings(
                "copy",
                "copiers",
                new Subscription.Topics(Set.of("in")),
                Broker.limits(1_000, Duration.ofSeconds(2)),
                Optional.of(new SideTopic("side", 1_000, 1 << 20)));
    }

    @Test
    void what_was_foreseen_of_a_partition_that_leaves_before_all_of_it_is_foreseen_is_let_go() {
        // Given
        broker.topics(1).kafka.createTopic("side", 1);
        broker.write("side", 0, 100);
        broker.write("in", 100, 101);
        var handler = new Breaking();

        // When
        broker.start("a", settings(), handler);
        await().atMost(LONG).until(() -> broker.out().size() == 101);

        // Then
        assertThat(handler.foreseen).hasSize(100).doesNotHaveDuplicates();
    }
}

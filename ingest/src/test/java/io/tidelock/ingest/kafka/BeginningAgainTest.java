package io.tidelock.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.ingest.kafka.LoopSettings.SideTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was counted as set aside when the log loses what was to be read next. */
class BeginningAgainTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    /** Large, so that a consumer has not fetched what is far ahead. */
    private static final int RECORD_BYTES = 200_000;

    private static final int RECORDS = 60;

    /** What lies before is gone; all that is set aside lies before. */
    private static final int KEPT = 50;

    private final Broker broker = new Broker();

    @AfterEach
    void close() {
        broker.close();
    }

    /** Counts what is set aside until it is done, as the replicator does, and holds it back until it may be recorded. */
    private static final class SettingAside implements RecordHandler {
        private final AtomicInteger aside = new AtomicInteger();
        private final Queue<Held> held = new ConcurrentLinkedQueue<>();
        private final Set<String> begunAgain = ConcurrentHashMap.newKeySet();

        private record Held(SourceRecord record, Completion completion) {}

        @Override
        public void foresee(SourceRecord record) {
            aside.incrementAndGet();
        }

        @Override
        public void handle(SourceRecord record, Completion completion) {
            if (record.position().topic().equals("side")) {
                aside.decrementAndGet();
                completion.done(List.of(answer("out", record)));
            } else if (record.position().offset() < KEPT) {
                aside.incrementAndGet();
                held.add(new Held(record, completion));
            } else {
                completion.done(List.of(answer("out", record)));
            }
        }

        /** Lets all that is held now be recorded but the very first record. */
        private void recordAllButTheFirst() {
            for (var next : List.copyOf(held)) {
                if (next.record().position().offset() > 0 && held.remove(next)) {
                    next.completion().done(List.of(answer("side", next.record())));
                }
            }
        }

        @Override
        public void letGo(String topic, Set<Integer> partitions) {
            begunAgain.add(topic);
            if (topic.equals("side")) {
                aside.set(0);
            } else {
                for (var next = held.poll(); next != null; next = held.poll()) {
                    next.completion().abandoned();
                }
            }
        }

        private static OutgoingRecord answer(String topic, SourceRecord record) {
            return new OutgoingRecord(topic, record.position().partition(), record.key(), record.key(), List.of());
        }
    }

    @Test
    void what_was_set_aside_and_not_recorded_is_forgotten_when_its_partition_begins_again()
            throws ExecutionException, InterruptedException, TimeoutException {
        // Given
        broker.topics(1).kafka.createTopic("side", 1);
        broker.write(IntStream.range(0, RECORDS)
                .mapToObj(number ->
                        new ProducerRecord<>("in", Integer.toString(number).getBytes(UTF_8), new byte[RECORD_BYTES]))
                .toList());
        var handler = new SettingAside();
        var loop = broker.start("a", settings(), handler);
        await().atMost(LONG).until(() -> loop.state().recordsInFlight() >= 4);

        // When
        delete();
        await().atMost(LONG).until(() -> {
            handler.recordAllButTheFirst();
            return broker.out().containsAll(kept());
        });

        // Then
        assertThat(handler.begunAgain).containsExactlyInAnyOrder("in", "side");
        await().atMost(LONG)
                .until(() -> handler.aside.get() == 0 && loop.state().recordsInFlight() == 0);
        assertThat(broker.out()).doesNotContain(0).doesNotHaveDuplicates();
    }

    private void delete() throws ExecutionException, InterruptedException, TimeoutException {
        try (var admin = broker.kafka.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition("in", 0), RecordsToDelete.beforeOffset(KEPT)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private static Set<Integer> kept() {
        return IntStream.range(KEPT, RECORDS).boxed().collect(toSet());
    }

    private static LoopSettings settings() {
        return new LoopSettings(
                "copy",
                "copiers",
                new Subscription.Topics(Set.of("in")),
                Broker.limits(4, Duration.ofSeconds(2)),
                Optional.of(new SideTopic("side", 1_000, 1 << 20)));
    }
}

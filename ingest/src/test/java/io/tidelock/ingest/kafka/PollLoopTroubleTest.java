package io.tidelock.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.handoff.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the loop does when handlers hold on, fail, or answer what Kafka refuses. */
final class PollLoopTroubleTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    private final Broker broker = new Broker();

    @AfterEach
    void close() {
        broker.close();
    }

    /** Keeps every record until it is told otherwise. */
    private static final class Holding implements RecordHandler {
        private record Held(SourceRecord record, Completion completion) {}

        private final Queue<Held> held = new ConcurrentLinkedQueue<>();
        private final Queue<Set<Integer>> letGo = new ConcurrentLinkedQueue<>();

        @Override
        public void handle(SourceRecord record, Completion completion) {
            held.add(new Held(record, completion));
        }

        @Override
        public void letGo(String topic, Set<Integer> partitions) {
            letGo.add(partitions);
            drop();
        }

        private void drop() {
            for (var one = held.poll(); one != null; one = held.poll()) {
                one.completion().abandoned();
            }
        }

        private void answer() {
            for (var one = held.poll(); one != null; one = held.poll()) {
                one.completion().done(List.of(Copying.answer(one.record())));
            }
        }
    }

    @Test
    void reading_stops_at_the_bound_and_goes_on_when_work_ends() {
        // Given
        broker.topics(2).write("in", 0, 3_000);
        var handler = new Holding();
        // When
        var loop = broker.start("a", Broker.copying(Broker.limits(600, Duration.ZERO)), handler);
        await().atMost(LONG).until(() -> loop.state().recordsInFlight() >= 600);
        // Then
        await().during(Duration.ofSeconds(2))
                .atMost(LONG)
                .failFast(() ->
                        assertThat(loop.state().recordsInFlight()).isLessThan(600L + KafkaClients.POLL_RECORDS_MAX))
                .until(() -> loop.state().recordsInFlight() >= 600);
        await().atMost(LONG).until(() -> {
            handler.answer();
            return broker.out().size() == 3_000;
        });
        await().atMost(LONG).until(() -> loop.state().recordsInFlight() == 0);
    }

    @Test
    void rule_51_what_has_not_begun_when_the_loop_stops_is_done_by_the_next() {
        // Given
        broker.topics(2).write("in", 0, 100);
        var handler = new Holding();
        var first = broker.start("a", handler);
        await().atMost(LONG).until(() -> handler.held.size() == 100);
        // When
        var complete = first.stop(Duration.ofSeconds(30));
        broker.start("b", new Copying(1, 0));
        await().atMost(LONG).until(() -> broker.out().size() >= 100);
        // Then
        assertThat(complete).isTrue();
        assertThat(handler.letGo).containsExactly(Set.of(0, 1));
        assertThat(broker.out()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void rule_51_work_that_outlives_the_deadline_is_not_recorded_by_its_old_owner() {
        // Given
        broker.topics(1).write("in", 0, 3);
        var stuck = new ArrayList<Completion>();
        var records = new ArrayList<SourceRecord>();
        var first = broker.start("a", (record, completion) -> {
            records.add(record);
            stuck.add(completion);
        });
        await().atMost(LONG).until(() -> first.state().recordsInFlight() == 3);
        // When
        var complete = first.stop(Duration.ofMillis(200));
        stuck.getFirst().done(List.of(Copying.answer(records.getFirst())));
        broker.start("b", new Copying(1, 0));
        await().atMost(LONG).until(() -> broker.out().size() >= 3);
        // Then
        assertThat(complete).isFalse();
        assertThat(broker.out()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void a_bug_stops_its_partition_loudly_and_no_other() {
        // Given
        broker.topics(2);
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (int i = 0; i < 40; i++) {
            var value = Integer.toString(i).getBytes(UTF_8);
            records.add(new ProducerRecord<>("in", i % 2, value, value));
        }
        broker.write(records);
        // When
        var loop = broker.start("a", (record, completion) -> {
            if (record.position().partition() == 0 && record.position().offset() == 10) {
                throw new IllegalStateException("planted");
            }
            completion.done(List.of(Copying.answer(record)));
        });
        await().atMost(LONG).until(() -> broker.out().size() == 30);
        // Then
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(loop.state().stopped())
                        .containsExactly(
                                Map.entry("in-0", "bug at offset 10: java.lang.IllegalStateException: planted")));
        assertThat(loop.state().isHealthy()).isFalse();
        assertThat(broker.committed("copiers").get(new TopicPartition("in", 0)))
                .isEqualTo(new OffsetAndMetadata(10, ""));
        assertThat(loop.stop(Duration.ofSeconds(5))).isTrue();
        broker.start("b", new Copying(1, 0));
        await().atMost(LONG).until(() -> broker.out().size() == 40);
        assertThat(broker.out()).doesNotHaveDuplicates();
    }

    @Test
    void a_result_too_large_for_its_topic_waits_while_the_others_go_on_and_heals_by_itself()
            throws ExecutionException, InterruptedException, TimeoutException {
        // Given
        broker.kafka.createTopic("in", 2);
        broker.kafka.createTopic("out", 1, Map.of("max.message.bytes", "5000"));
        var large = new byte[20_000];
        new Random(1).nextBytes(large);
        var loop = broker.start("a", (record, completion) -> {
            var value = record.position().partition() == 0 && record.position().offset() == 1 ? large : new byte[1];
            completion.done(List.of(new OutgoingRecord("out", null, new byte[1], value, List.of())));
        });
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (int i = 0; i < 20; i++) {
            records.add(new ProducerRecord<>("in", i % 2, new byte[1], new byte[1]));
        }
        // When
        broker.write(records);
        await().atMost(LONG).until(() -> broker.kafka.records("out").size() == 19);
        // Then
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(loop.state().stopped().get("in-0"))
                        .contains("refused by topic out", "raise its max.message.bytes"));
        try (var admin = broker.kafka.admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, "out"),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", "100000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
        await().atMost(LONG).until(() -> broker.kafka.records("out").size() == 20);
        await().atMost(LONG).until(() -> loop.state().isHealthy());
    }

    @Test
    void records_that_retention_took_are_reported_and_the_rest_is_read()
            throws ExecutionException, InterruptedException, TimeoutException {
        // Given
        broker.topics(1).write("in", 0, 100);
        var first = broker.start("a", Broker.copying(Broker.limits(10, Duration.ZERO)), new Holding());
        await().atMost(LONG).until(() -> first.state().recordsInFlight() >= 10);
        first.stop(Duration.ZERO);
        var settled = broker.start("b", (record, completion) -> {
            if (record.position().offset() < 10) {
                completion.done(List.of(Copying.answer(record)));
            }
        });
        await().atMost(LONG).until(() -> broker.out().size() == 10);
        settled.stop(Duration.ZERO);
        try (var admin = broker.kafka.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition("in", 0), RecordsToDelete.beforeOffset(50)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
        // When
        var loop = broker.start("c", new Copying(1, 0));
        await().atMost(LONG).until(() -> broker.out().size() == 60);
        // Then
        assertThat(loop.state().lastError()).contains("in-0 from offset 10 on are gone", "goes on at 50");
        assertThat(broker.out()).doesNotHaveDuplicates();
    }
}

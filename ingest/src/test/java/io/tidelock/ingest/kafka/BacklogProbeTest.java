package io.tidelock.ingest.kafka;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.ingest.kafka.BacklogProbe.Backlog;
import io.tidelock.ingest.kafka.BacklogProbe.Backlogs;
import io.tidelock.ingest.kafka.BacklogProbe.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class BacklogProbeTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Subscription IN = new Subscription.Topics(Set.of("in"));

    private static List<Backlog> backlogs(BacklogProbe probe, String group, Subscription subscription) {
        var reading = probe.probe(group, subscription);
        assertThat(reading).isInstanceOf(Backlogs.class);
        return ((Backlogs) reading).backlogs();
    }

    /** Ten records in partition 0 and none in 1, a second apart. */
    private static void write(Broker broker) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (int i = 0; i < 10; i++) {
            records.add(new ProducerRecord<>("in", 0, 1_700_000_000_000L + i * 1_000L, new byte[1], new byte[] {'7'}));
        }
        broker.write(records);
    }

    private static Map<TopicPartition, Long> ends(Broker broker, Set<TopicPartition> partitions) {
        try (var admin = broker.kafka.admin()) {
            var question = partitions.stream().collect(toMap(Function.identity(), _ -> OffsetSpec.latest()));
            return admin.listOffsets(question).all().get().entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, found -> found.getValue().offset()));
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetAndMetadata> committed) {
        return committed.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, found -> found.getValue().offset()));
    }

    @Test
    void a_group_that_never_committed_is_behind_on_everything() {
        try (var broker = new Broker().topics(2);
                var probe = new BacklogProbe(broker.settings("a"), "test")) {
            // Given
            write(broker);
            // When
            var backlogs = backlogs(probe, "nobody", new Subscription.Matching(Pattern.compile("i.")));
            // Then
            assertThat(backlogs)
                    .containsExactly(
                            new Backlog("in", 0, 10, Instant.ofEpochMilli(1_700_000_000_000L)),
                            new Backlog("in", 1, 0, null));
        }
    }

    @Test
    void the_oldest_is_the_record_that_is_stuck_and_finished_work_beyond_it_does_not_count() {
        try (var broker = new Broker().topics(2);
                var probe = new BacklogProbe(broker.settings("a"), "test")) {
            // Given
            write(broker);
            broker.start("a", (record, completion) -> {
                if (record.position().offset() != 3) {
                    completion.done(List.of(Copying.answer(record)));
                }
            });
            // When
            await().atMost(LONG).until(() -> broker.out().size() == 9);
            // Then: a transaction's end reaches the group's offsets a moment after what it wrote can be read
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(backlogs(probe, "copiers", IN))
                            .containsExactly(
                                    new Backlog("in", 0, 1, Instant.ofEpochMilli(1_700_000_003_000L)),
                                    new Backlog("in", 1, 0, null)));
        }
    }

    @Test
    void a_drained_topic_of_transactions_has_no_backlog_and_its_end_marks_are_passed() {
        try (var broker = new Broker().topics(1);
                var probe = new BacklogProbe(broker.settings("a"), "test")) {
            // Given: topic out is written in transactions
            write(broker);
            broker.start("a", new Copying(1, 0));
            await().atMost(LONG).until(() -> broker.out().size() == 10);
            var out = new Subscription.Topics(Set.of("out"));
            var settings = new LoopSettings("drain", "drainers", out, Broker.limits(100, Duration.ofSeconds(1)));
            // When
            broker.start("d", settings, (_, completion) -> completion.done(List.of()));
            // Then
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(backlogs(probe, "drainers", out))
                            .extracting(Backlog::records)
                            .containsOnly(0L));
            await().atMost(LONG).untilAsserted(() -> {
                var committed = broker.committed("drainers");
                assertThat(ends(broker, committed.keySet())).isEqualTo(offsets(committed));
            });
        }
    }

    @Test
    void a_kafka_that_does_not_answer_is_told_and_asked_again_later() {
        try (var broker = new Broker().topics(1)) {
            var impatient = Map.of("default.api.timeout.ms", "2000", "request.timeout.ms", "1000");
            var settings = new KafkaSettings(broker.kafka.bootstrapServers(), impatient, "a");
            try (var probe = new BacklogProbe(settings, "test")) {
                // Given
                broker.kafka.stop();
                // When
                var down = probe.probe("nobody", IN);
                broker.kafka.start();
                // Then
                assertThat(down).isInstanceOf(Unknown.class);
                await().atMost(LONG).until(() -> probe.probe("nobody", IN) instanceof Backlogs);
            }
        }
    }
}

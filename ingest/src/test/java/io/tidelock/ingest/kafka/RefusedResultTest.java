package io.tidelock.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A partition that stands still because a result is too large loses nothing that was read meanwhile. */
class RefusedResultTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    private final Broker broker = new Broker();

    @AfterEach
    void close() {
        broker.close();
    }

    private void topics() {
        broker.kafka.createTopic("in", 1);
        broker.kafka.createTopic("out", 1, Map.of("max.message.bytes", "5000"));
    }

    private void raiseTheBound() throws ExecutionException, InterruptedException, TimeoutException {
        try (var admin = broker.kafka.admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, "out"),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", "100000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private static OutgoingRecord large(SourceRecord record) {
        var random = new byte[20_000];
        new Random(1).nextBytes(random);
        return new OutgoingRecord("out", null, record.key(), random, List.of());
    }

    private static OutgoingRecord small(SourceRecord record) {
        return new OutgoingRecord("out", null, record.key(), new byte[1], List.of());
    }

    private void write(int from, int to) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var i = from; i < to; i++) {
            var key = Integer.toString(i).getBytes(UTF_8);
            records.add(new ProducerRecord<>("in", key, key));
        }
        broker.write(records);
    }

    private List<Integer> out() {
        return broker.kafka.records("out").stream()
                .map(record -> Integer.valueOf(Copying.text(record.key())))
                .toList();
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    @Tag("big")
    void a_bug_in_a_partition_stays_when_its_refused_result_is_written_at_last()
            throws ExecutionException, InterruptedException, TimeoutException {
        // Given
        topics();
        write(0, 20);
        var loop = broker.start("a", (record, completion) -> {
            if (record.position().offset() == 5) {
                throw new IllegalStateException("planted");
            }
            completion.done(List.of(record.position().offset() == 1 ? large(record) : small(record)));
        });
        await().atMost(LONG).until(() -> out().size() == 4);

        // When
        raiseTheBound();
        await().atMost(LONG).until(() -> out().contains(1));
        write(20, 30);

        // Then
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(loop.state().stopped().get("in-0")).startsWith("bug at offset 5"));
        assertThat(loop.stop(Duration.ofSeconds(5))).isTrue();
        broker.start("b", (record, completion) -> completion.done(List.of(small(record))));
        await().atMost(LONG).untilAsserted(() -> assertThat(out()).containsExactlyInAnyOrderElementsOf(upTo(30)));
    }
}

package io.tidelock.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.handoff.SourceRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An owner that Kafka cannot be reached from any more, while all else can. */
final class CutOffOwnerTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int RECORDS = 100;

    private final Broker broker = new Broker(1);

    @AfterEach
    void close() {
        broker.close();
    }

    /** Begins everything and ends nothing, until it is told that others own it. */
    private static final class Busy implements RecordHandler {
        private final Queue<Completion> begun = new ConcurrentLinkedQueue<>();
        private final Queue<Set<Integer>> given = new ConcurrentLinkedQueue<>();
        private volatile boolean free;

        @Override
        public void handle(SourceRecord record, Completion completion) {
            if (free) {
                completion.done(List.of(Copying.answer(record)));
            } else {
                begun.add(completion);
            }
        }

        @Override
        public void giveUp(String topic, Set<Integer> partitions) {
            given.add(partitions);
            begun.forEach(Completion::abandoned);
            begun.clear();
        }
    }

    private PollLoop startBusy(Busy busy) {
        var settings =
                new KafkaSettings(broker.kafka.relay(0).bootstrapServers(), Map.of("session.timeout.ms", "6000"), "a");
        return broker.start(settings, Broker.copying(Broker.limits(1_000, Duration.ofSeconds(10))), busy);
    }

    @Test
    void it_gives_up_what_it_has_begun_once_the_group_has_given_its_partitions_away() {
        // Given
        broker.topics(2).write("in", 0, RECORDS);
        var busy = new Busy();
        var loop = startBusy(busy);
        await().atMost(LONG).until(() -> busy.begun.size() == RECORDS);
        // When
        broker.kafka.relay(0).cut();
        broker.start("b", new Copying(1, 0));
        // Then
        await().atMost(LONG).until(() -> broker.out().size() == RECORDS);
        await().atMost(LONG).until(() -> !busy.given.isEmpty());
        assertThat(busy.given).containsExactly(Set.of(0, 1));
        assertThat(loop.state().recordsInFlight()).isZero();
    }

    @Test
    void after_a_mere_hiccup_all_of_it_is_read_again() {
        // Given
        broker.topics(2).write("in", 0, RECORDS);
        var busy = new Busy();
        var loop = startBusy(busy);
        await().atMost(LONG).until(() -> busy.begun.size() == RECORDS);
        // When
        broker.kafka.relay(0).cut();
        await().atMost(LONG).until(() -> !busy.given.isEmpty());
        busy.free = true;
        broker.kafka.relay(0).restore();
        // Then
        await().atMost(LONG).until(() -> broker.out().size() == RECORDS);
        assertThat(broker.out())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, RECORDS).boxed().toList());
        await().atMost(LONG).until(() -> loop.state().isHealthy());
    }
}

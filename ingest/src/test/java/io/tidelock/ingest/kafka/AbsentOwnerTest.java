package io.tidelock.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.handoff.SourceRecord;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An owner whose process stands still while the group gives its partitions away, and which then goes on as if nothing had happened. */
final class AbsentOwnerTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int RECORDS = 100;

    private final Broker broker = new Broker();

    @AfterEach
    void close() {
        broker.close();
    }

    /** Answers everything at once, but stands still before any of it can be recorded. */
    private static final class StandingStill implements RecordHandler {
        private final CountDownLatch standing = new CountDownLatch(1);
        private final CountDownLatch goingOn = new CountDownLatch(1);
        private int handled;

        @Override
        public void handle(SourceRecord record, Completion completion) {
            handled++;
            completion.done(List.of(Copying.answer(record)));
        }

        @Override
        public void turn() {
            if (handled > 0 && goingOn.getCount() > 0) {
                standing.countDown();
                try {
                    goingOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @Test
    void what_an_owner_finishes_that_was_away_too_long_is_not_recorded() throws Exception {
        // Given
        broker.topics(2).write("in", 0, RECORDS);
        var away = new StandingStill();
        var first = broker.start("a", away);
        assertThat(away.standing.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        remove("a");
        broker.start("b", new Copying(1, 0));
        await().atMost(LONG).until(() -> broker.out().size() == RECORDS);
        // When
        away.goingOn.countDown();
        await().atMost(LONG).until(() -> first.state().lastError() != null);
        // Then
        await().atMost(LONG).until(() -> first.state().recordsInFlight() == 0);
        assertThat(broker.out())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, RECORDS).boxed().toList());
    }

    /** What the group does to a member that it has not heard of for too long, without the wait. */
    private void remove(String instance) throws ExecutionException, InterruptedException, TimeoutException {
        try (var admin = broker.kafka.admin()) {
            admin.removeMembersFromConsumerGroup(
                            "copiers", new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove(instance))))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
    }
}

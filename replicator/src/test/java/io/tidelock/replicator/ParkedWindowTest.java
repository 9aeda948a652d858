package io.tidelock.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.StreamPosition;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OperationId;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.Parked;
import io.tidelock.replicator.outcome.kafka.ParkedCodec;
import io.tidelock.replicator.park.Breakers.Passage;
import io.tidelock.replicator.park.Breakers.Result;
import io.tidelock.replicator.park.ParkingSettings;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the window of parked work that is held in memory may not do: keep others out, and outlive its partitions. */
class ParkedWindowTest {
    private static final int PARTITIONS = 3;

    /** Every look is a millisecond later, so that an open breaker stays open for the length of a test. */
    private final AtomicLong looks = new AtomicLong();

    private final AtomicLong millisALook = new AtomicLong(1);

    private final PipelineWorld world = new PipelineWorld(
            new TwoSides(() -> TwoSides.START.plusMillis(looks.addAndGet(millisALook.get()))),
            List.of(rule("r", "replicas"), rule("other", "others")),
            "others");

    private static ReplicationRule rule(String id, String bucket) {
        return new ReplicationRule(
                id,
                SchemaVersion.V2,
                id.length(),
                true,
                new RuleFilter.Prefix("a/"),
                RuleDestination.of(bucket),
                true,
                false,
                false);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void breakerOpens(Bucket destination) {
        while (world.breakers.passage(destination) != Passage.OPEN) {
            assertThat(world.breakers.begin(destination)).isTrue();
            world.breakers.ended(destination, Result.FAILED);
        }
    }

    private void aWindowForTheDeadDestination() {
        breakerOpens(world.sides.replicas);
        for (var number = 1; number <= ParkingSettings.AHEAD_RECORDS_MAX; number++) {
            var dead = parked(number, new ObjectKey(world.sides.replicas, "a/" + number), "r");
            world.pipeline.foresee(dead);
            world.handle(dead);
        }
        assertThat(world.breakers.passage(world.sides.replicas)).isEqualTo(Passage.OPEN);
    }

    /** A record of parked work as the topic gives it back. */
    private SourceRecord parked(int number, ObjectKey replica, String ruleId) {
        return parked(number, replica, ruleId, world.put("a/" + number, "hello"));
    }

    private static SourceRecord parked(int number, ObjectKey replica, String ruleId, BucketEvent event) {
        var position = new StreamPosition(PipelineWorld.EVENTS, number % PARTITIONS, number);
        var operation = new Operation(
                new OperationId(position, ruleId),
                event,
                replica,
                event.occurrence().time());
        var record = ParkedCodec.record(
                PipelineWorld.PARKED,
                new Parked(operation, event.occurrence().time(), FailureReason.DST_UNAVAILABLE, 0, 0));
        return new SourceRecord(
                new StreamPosition(PipelineWorld.PARKED, number % PARTITIONS, number),
                event.occurrence().time(),
                record.key(),
                record.value(),
                List.of());
    }

    @Test
    void a_window_full_of_work_for_a_dead_destination_in_several_partitions_lets_the_work_of_others_come_up()
            throws InterruptedException {
        // Given
        aWindowForTheDeadDestination();
        var other = new ObjectKey(new Bucket("frankfurt", "others"), PipelineWorld.OTHERS_PREFIX + "a/0");
        var last = parked(0, other, "other");
        world.pipeline.foresee(last); // beyond the window

        // When
        var first = world.next();

        // Then
        assertThat(Objects.requireNonNull(first.results()))
                .singleElement()
                .satisfies(record -> assertThat(record.topic()).isEqualTo(PipelineWorld.PARKED));
        world.handle(last);
        var told = world.next();
        while (!told.record().equals(last)) {
            told = world.next();
        }
        assertThat(told.outcomes()).singleElement().isInstanceOf(Outcome.Replicated.class);
    }

    @Test
    void a_window_of_work_for_a_dead_destination_alone_is_not_written_again_and_again() {
        // Given
        aWindowForTheDeadDestination();

        // When
        for (var turn = 0; turn < 20; turn++) {
            world.pipeline.turn();
        }

        // Then
        assertThat(world.told).isEmpty();
        assertThat(world.ledger.complaints).isEmpty();
    }

    @Test
    void a_change_that_comes_while_the_window_moves_on_stays_behind_what_the_window_has_not_reached_yet()
            throws InterruptedException {
        // Given
        var hot = new ObjectKey(world.sides.replicas, "a/hot");
        var first = parked(3_000, hot, "r", world.put("a/hot", "first"));
        var second = parked(3_003, hot, "r", world.put("a/hot", "second"));
        var others = parked(0, new ObjectKey(new Bucket("frankfurt", "others"), "others/a/0"), "other");
        world.pipeline.foresee(first);
        world.handle(first);
        aWindowForTheDeadDestination();
        world.pipeline.foresee(second); // beyond the window
        world.pipeline.foresee(others);
        var topic = new ArrayDeque<SourceRecord>();
        follow(world.next(), first, topic);

        // When
        var third = world.record(EventCodec.encode(world.put("a/hot", "third")));
        world.handle(third);
        follow(world.next(), third, topic);
        topic.addFirst(second);
        looks.addAndGet(Duration.ofHours(1).toMillis()); // it is back

        // Then
        for (var replicated = 0; replicated < 3; ) {
            if (!topic.isEmpty()) {
                world.handle(topic.remove());
            }
            replicated += follow(world.next(), null, topic);
        }
        assertThat(world.replicaTexts("a/hot")).containsExactly("first", "second", "third");
        assertThat(world.ledger.complaints).isEmpty();
    }

    /** Waits for the end of a record, and puts what is set aside of the hot key at the end of its topic. */
    private int follow(PipelineWorld.Told next, @Nullable SourceRecord until, Deque<SourceRecord> topic)
            throws InterruptedException {
        var told = next;
        while (true) {
            told.parked().stream()
                    .filter(record -> PipelineWorld.read(record)
                            .operation()
                            .event()
                            .object()
                            .key()
                            .equals("a/hot"))
                    .map(world::fromTopic)
                    .forEach(topic::add);
            if (until == null || told.record().equals(until)) {
                return (int) told.outcomes().stream()
                        .filter(Outcome.Replicated.class::isInstance)
                        .count();
            }
            told = world.next();
        }
    }

    @Test
    void partitions_take_turns_where_less_may_be_taken_up_than_is_due() throws InterruptedException {
        // Given
        millisALook.set(0);
        for (var number = 0; number < 300; number++) {
            var record = parked(number, new ObjectKey(world.sides.replicas, "a/" + number), "r");
            world.pipeline.foresee(record);
            world.handle(record);
        }

        // When
        millisALook.set(1);
        var first = new HashSet<Integer>();
        for (var ended = 0; ended < 50; ended++) {
            first.add(world.next().record().position().partition());
        }

        // Then
        assertThat(first).hasSize(PARTITIONS);
    }

    @Test
    void parked_work_that_ends_after_its_partition_left_frees_no_key_of_those_who_own_it_next() throws Exception {
        // Given
        var begun = new CountDownLatch(1);
        var left = new CountDownLatch(1);
        var once = new AtomicBoolean();
        world.sides.destination.hook((_, _, _) -> {
            if (once.compareAndSet(false, true)) {
                begun.countDown();
                awaitQuietly(left);
            }
        });
        var record = parked(3, new ObjectKey(world.sides.replicas, "a/3"), "r");
        world.pipeline.foresee(record);
        world.handle(record);
        world.pipeline.turn();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        // When
        world.pipeline.letGo(PipelineWorld.EVENTS, Set.of(0));
        world.pipeline.letGo(PipelineWorld.PARKED, Set.of(0));
        world.pipeline.foresee(record);
        left.countDown();
        world.next();

        // Then
        world.handle(world.put("a/3", "later"));
        assertThat(Objects.requireNonNull(world.next().results()))
                .extracting(OutgoingRecord::topic)
                .contains(PipelineWorld.PARKED);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

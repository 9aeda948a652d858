package io.tidelock.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.StoreHook;
import io.tidelock.replicator.store.StoreHook.Moment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promise P5 where destinations take requests and never answer: what all share has a share for each. */
class HangingDestinationsTest {
    private static final int CONNECTIONS = 12;

    private final CountDownLatch answered = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicBoolean failing = new AtomicBoolean();

    private static ReplicationRule to(String bucket, int priority) {
        return new ReplicationRule(
                "to-" + bucket,
                SchemaVersion.V2,
                priority,
                true,
                new RuleFilter.Everything(),
                RuleDestination.of(bucket),
                true,
                false,
                false);
    }

    /** The other destinations take writes and answer none, while their requests keep what they hold. */
    private PipelineWorld hang(PipelineWorld world) {
        world.sides.destination.hook((moment, call, key) -> {
            if (moment == Moment.BEFORE && call == StoreCall.PutObject && key.startsWith(PipelineWorld.OTHERS_PREFIX)) {
                hanging.incrementAndGet();
                await();
                if (failing.get()) {
                    throw new StoreException(StoreFailure.UNAVAILABLE, call.name(), "down", null);
                }
            }
        });
        return world;
    }

    private void await() {
        try {
            answered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void answer() {
        answered.countDown();
    }

    @Test
    void two_that_hang_leave_the_third_its_share_of_the_sources_connections() throws InterruptedException {
        // Given
        var rules = List.of(to("replicas", 1), to("first", 2), to("second", 3));
        try (var world = hang(new PipelineWorld(rules, "first", "second"))) {
            world.sides.source.connectionsMax(CONNECTIONS);
            world.handle(world.put("warm-up", "tells of all destinations"));
            awaitReplica(world, "warm-up");

            // When
            for (var number = 0; number < 30; number++) {
                world.handle(world.put("key-" + number, "hello"));
            }

            // Then
            for (var number = 0; number < 30; number++) {
                awaitReplica(world, "key-" + number);
            }
            assertThat(hanging).hasValueBetween(2, CONNECTIONS * 2 / 3);
            answered.countDown();
            for (var number = 0; number <= 30; number++) {
                assertThat(world.next().outcomes()).hasSize(3).allMatch(Outcome.Replicated.class::isInstance);
            }
        }
    }

    @Test
    void one_that_hangs_keeps_only_its_share_of_the_records_in_flight() throws InterruptedException {
        // Given
        var rules = List.of(to("replicas", 1), to("first", 2));
        try (var world = hang(new PipelineWorld(20, rules, "first"))) {
            // When
            for (var number = 0; number < 20; number++) {
                world.handle(world.put("key-" + number, "hello"));
                awaitReplica(world, "key-" + number);
            }

            // Then
            for (var number = 10; number < 20; number++) {
                assertThat(Objects.requireNonNull(world.next().results()))
                        .extracting(result -> result.topic())
                        .containsExactlyInAnyOrder(PipelineWorld.PARKED, "tidelock.outcomes");
            }
            assertThat(world.told).isEmpty();
            answered.countDown();
        }
    }

    @Test
    void a_version_that_is_parked_while_the_one_before_it_hangs_stays_behind_it() throws InterruptedException {
        parksBehindWhatHangs(1, false);
    }

    @Test
    void so_does_one_that_was_taken_up_meanwhile() throws InterruptedException {
        parksBehindWhatHangs(1, true);
    }

    @Test
    void so_does_one_where_the_whole_destination_detours() throws InterruptedException {
        parksBehindWhatHangs(5, false);
    }

    @Test
    void so_does_one_that_was_taken_up_meanwhile_where_the_whole_destination_detours() throws InterruptedException {
        parksBehindWhatHangs(5, true);
    }

    /** With more keys than are followed one by one, the whole destination detours. */
    private void parksBehindWhatHangs(int otherKeys, boolean takenUpBefore) throws InterruptedException {
        // Given
        var hot = new ObjectKey(new Bucket("frankfurt", "first"), PipelineWorld.OTHERS_PREFIX + "hot");
        var topic = new ArrayDeque<SourceRecord>();
        try (var world = hang(new PipelineWorld(4, List.of(to("replicas", 1), to("first", 2)), "first"))) {
            world.handle(world.put("hot", "first"));
            for (var number = 0; number < otherKeys; number++) {
                world.handle(world.put("key-" + number, "hello"));
            }
            while (hanging.get() < 2) {
                Thread.onSpinWait();
            }
            world.handle(world.put("hot", "second"));
            for (var parked = 0; parked < otherKeys; parked++) {
                setAside(world, hot, topic);
            }
            if (takenUpBefore) {
                world.handle(topic.remove());
                world.pipeline.turn();
            }

            // When
            world.sides.destination.hook(
                    StoreHook.failingBefore((call, key) -> key.startsWith(PipelineWorld.OTHERS_PREFIX)
                            ? Optional.of(new StoreException(StoreFailure.UNAVAILABLE, call.name(), "down", null))
                            : Optional.empty()));
            failing.set(true);
            answered.countDown();
            for (var before = topic.size(); topic.size() == before; ) {
                setAside(world, hot, topic);
            }
            world.sides.destination.hook(StoreHook.NONE);

            // Then
            while (world.replicaTexts(hot).size() < 2) {
                if (!topic.isEmpty()) {
                    world.handle(topic.remove());
                }
                setAside(world, hot, topic);
            }
            assertThat(world.replicaTexts(hot)).containsExactly("first", "second");
            assertThat(world.ledger.complaints).isEmpty();
        }
    }

    /** Puts what the next record to end sets aside of the hot key at the end of its topic. */
    private static void setAside(PipelineWorld world, ObjectKey hot, Deque<SourceRecord> topic)
            throws InterruptedException {
        world.next().parked().stream()
                .filter(record ->
                        hot.equals(PipelineWorld.read(record).operation().replica()))
                .map(world::fromTopic)
                .forEach(topic::add);
    }

    private static void awaitReplica(PipelineWorld world, String key) {
        var replica = new ObjectKey(world.sides.replicas, key);
        while (world.sides.destination.stack(replica).layers().isEmpty()) {
            Thread.onSpinWait();
        }
    }
}

package io.tidelock.replicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.ingest.handoff.NewerRecordException;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.park.Breakers.Passage;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.StoreHook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promises P4 and P5, and "parking keeps order". */
class ParkingTest {
    private PipelineWorld world =
            new PipelineWorld(List.of(rule("r", "a/", "replicas"), rule("other", "a/", "others")), "others");
    private final AtomicInteger calls = new AtomicInteger();

    private static ReplicationRule rule(String id, String prefix, String bucket) {
        return new ReplicationRule(
                id,
                SchemaVersion.V2,
                id.length(),
                true,
                new RuleFilter.Prefix(prefix),
                RuleDestination.of(bucket),
                true,
                false,
                false);
    }

    private void onlyOneDestination() {
        world.close();
        world = new PipelineWorld(List.of(rule("r", "a/", "replicas")));
    }

    @AfterEach
    void close() {
        world.close();
        assertThat(world.ledger.complaints).isEmpty();
        assertThat(world.ledger.isBalanced()).isTrue();
    }

    private void down(Predicate<String> keys) {
        world.sides.destination.hook(StoreHook.failingBefore((call, key) -> {
            if (!keys.test(key)) {
                return Optional.empty();
            }
            calls.incrementAndGet();
            return Optional.of(new StoreException(StoreFailure.UNAVAILABLE, call.name(), "down", null));
        }));
    }

    private void up() {
        world.sides.destination.hook(StoreHook.NONE);
    }

    @Test
    void rule_50_what_fails_too_often_is_parked_and_its_event_is_done() throws InterruptedException {
        // Given
        onlyOneDestination();
        down(_ -> true);
        var event = world.put("a/one", "hello");

        // When
        world.handle(event);

        // Then
        var parked = PipelineWorld.read(world.next().parked().getFirst());
        assertThat(parked.operation().event()).isEqualTo(event);
        assertThat(parked.operation().id().position().offset()).isZero();
        assertThat(parked.reason()).isEqualTo(FailureReason.DST_UNAVAILABLE);
        assertThat(parked.attempts()).isEqualTo(3);
        assertThat(world.ledger.parked()).isEqualTo(1);
        assertThat(world.ledger.inFlight()).isZero();
    }

    @Test
    void later_work_of_a_parked_key_queues_behind_it_without_a_try_and_is_done_in_order() throws InterruptedException {
        // Given
        onlyOneDestination();
        down("a/one"::equals);
        world.handle(world.put("a/one", "first"));
        var first = world.next().parked().getFirst();
        var tried = calls.get();

        // When
        world.handle(world.put("a/one", "second"));
        var second = world.next().parked().getFirst();
        world.handle(world.put("a/two", "another key"));

        // Then
        assertThat(calls).hasValue(tried);
        assertThat(world.next().outcomes()).singleElement().isInstanceOf(Outcome.Replicated.class);
        up();
        world.handle(world.fromTopic(first));
        world.handle(world.fromTopic(second));
        assertThat(List.of(world.next(), world.next()))
                .allSatisfy(told -> assertThat(told.outcomes()).singleElement().isInstanceOf(Outcome.Replicated.class));
        assertThat(world.replicaTexts("a/one")).containsExactly("first", "second");
        assertThat(world.ledger.parked()).isZero();

        // and it is live again
        world.handle(world.put("a/one", "third"));
        assertThat(world.next().outcomes()).singleElement().isInstanceOf(Outcome.Replicated.class);
        assertThat(world.replicaTexts("a/one")).containsExactly("first", "second", "third");
    }

    @Test
    void parked_work_that_fails_again_stays_ahead_of_what_came_after_it() throws InterruptedException {
        // Given
        onlyOneDestination();
        down(_ -> true);
        world.handle(world.put("a/one", "first"));
        var first = world.next().parked().getFirst();
        world.handle(world.put("a/one", "second"));
        var second = world.next().parked().getFirst();
        world.handle(world.fromTopic(first));
        world.handle(world.fromTopic(second));

        // When
        var tried = calls.get();
        while (calls.get() < tried + 3) {
            world.pipeline.turn();
        }
        assertThat(world.told).isEmpty();
        up();

        // Then
        assertThat(List.of(world.next(), world.next()))
                .allSatisfy(told -> assertThat(told.outcomes()).singleElement().isInstanceOf(Outcome.Replicated.class));
        assertThat(world.replicaTexts("a/one")).containsExactly("first", "second");
    }

    @Test
    void a_dead_destination_parks_its_own_work_only_and_is_no_longer_tried() throws InterruptedException {
        // Given
        down(subject -> !subject.startsWith("others"));

        // When
        var told = new ArrayList<PipelineWorld.Told>();
        for (var i = 0; i < 100; i++) {
            world.handle(world.put("a/" + i, "hello"));
            told.add(world.next());
        }

        // Then
        assertThat(told).allSatisfy(one -> {
            assertThat(one.parked()).hasSize(1);
            assertThat(one.outcomes()).hasSize(1);
        });
        assertThat(world.breakers.passage(world.sides.replicas)).isNotEqualTo(Passage.CLOSED);
        assertThat(calls.get()).isLessThan(40);
        assertThat(world.ledger.outcomes).hasSize(100).allMatch(Outcome.Replicated.class::isInstance);
    }

    @Test
    void a_destination_with_too_many_parked_keys_detours_as_a_whole_until_its_queue_is_empty()
            throws InterruptedException {
        // Given
        onlyOneDestination();
        down(List.of("a/one", "a/two", "a/three")::contains);
        var parked = new ArrayList<OutgoingRecord>();
        for (var key : List.of("a/one", "a/two", "a/three")) {
            world.handle(world.put(key, "late"));
            parked.addAll(world.next().parked());
        }

        // When
        up();
        world.handle(world.put("a/four", "never failed"));
        parked.addAll(world.next().parked());

        // Then
        assertThat(parked).hasSize(4);
        parked.forEach(record -> world.handle(world.fromTopic(record)));
        for (var i = 0; i < 4; i++) {
            assertThat(world.next().outcomes()).singleElement().isInstanceOf(Outcome.Replicated.class);
        }
        world.handle(world.put("a/five", "live"));
        assertThat(world.next().outcomes()).singleElement().isInstanceOf(Outcome.Replicated.class);
    }

    @Test
    void the_next_owner_foresees_what_is_parked_and_lets_nothing_overtake_it() throws InterruptedException {
        // Given
        onlyOneDestination();
        down(_ -> true);
        world.handle(world.put("a/one", "first"));
        var parked = world.fromTopic(world.next().parked().getFirst());
        world.pipeline.letGo(PipelineWorld.EVENTS, Set.of(0));
        world.pipeline.letGo(PipelineWorld.PARKED, Set.of(0));
        assertThat(world.ledger.parked()).isZero();
        up();

        // When
        world.pipeline.foresee(parked);
        world.handle(world.put("a/one", "second"));

        // Then
        var second = world.next().parked().getFirst();
        world.handle(parked);
        world.handle(world.fromTopic(second));
        world.next();
        world.next();
        assertThat(world.replicaTexts("a/one")).containsExactly("first", "second");
    }

    @Test
    void what_a_newer_version_has_parked_is_refused_when_it_is_foreseen() {
        // Given
        var newer = world.fromTopic(
                new OutgoingRecord(PipelineWorld.PARKED, 0, null, "{\"v\":99}".getBytes(UTF_8), List.of()));

        // When / Then
        assertThatThrownBy(() -> world.pipeline.foresee(newer))
                .isInstanceOf(NewerRecordException.class)
                .hasMessageContaining("tidelock.parked-0@0 was written by a newer Tidelock: v is 99");
    }

    @Test
    void parked_work_is_given_up_when_its_partition_leaves() throws InterruptedException {
        // Given
        onlyOneDestination();
        down(_ -> true);
        world.handle(world.put("a/one", "first"));
        world.handle(world.fromTopic(world.next().parked().getFirst()));

        // When
        world.pipeline.letGo(PipelineWorld.PARKED, Set.of(0));

        // Then
        var told = world.next();
        assertThat(told.results()).isNull();
        assertThat(told.bug()).isNull();
    }

    @Test
    void work_that_fails_for_the_last_time_after_its_partition_left_is_the_next_owners_to_park() throws Exception {
        // Given
        onlyOneDestination();
        var lastTry = new CountDownLatch(1);
        var left = new CountDownLatch(1);
        world.sides.destination.hook((call, _, _) -> {
            if (calls.incrementAndGet() == 3) {
                lastTry.countDown();
                awaitQuietly(left);
            }
            throw new StoreException(StoreFailure.UNAVAILABLE, call.name(), "down", null);
        });
        world.handle(world.put("a/one", "first"));
        assertThat(lastTry.await(30, TimeUnit.SECONDS)).isTrue();

        // When
        world.pipeline.letGo(PipelineWorld.EVENTS, Set.of(0));
        world.pipeline.letGo(PipelineWorld.PARKED, Set.of(0));
        left.countDown();

        // Then
        assertThat(world.next().results()).isNull();
        assertThat(world.ledger.parked()).isZero();
        up();
        world.handle(world.put("a/one", "again"));
        assertThat(world.next().outcomes()).singleElement().isInstanceOf(Outcome.Replicated.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void work_whose_rule_has_another_name_now_goes_on_under_that_one() throws InterruptedException {
        // Given
        onlyOneDestination();
        down(_ -> true);
        world.handle(world.put("a/one", "first"));
        var parked = world.next().parked().getFirst();
        world.close();
        world = new PipelineWorld(List.of(rule("renamed", "a/", "replicas")));
        var record = world.fromTopic(parked);
        world.pipeline.foresee(record);

        // When
        world.handle(record);

        // Then
        assertThat(world.next().outcomes())
                .extracting(outcome -> outcome.operation().id().ruleId())
                .containsExactly("r", "renamed");
        assertThat(world.ledger.parked()).isZero();
    }

    @Test
    void work_whose_bucket_has_lost_its_rules_fails_and_can_be_redriven() throws InterruptedException {
        // Given
        onlyOneDestination();
        down(_ -> true);
        world.handle(world.put("a/one", "first"));
        var record = world.fromTopic(world.next().parked().getFirst());
        world.loseConfiguration();

        // When
        world.handle(record);

        // Then
        var told = world.next();
        assertThat(told.outcomes())
                .singleElement()
                .extracting(outcome -> ((Outcome.Failed) outcome).reason())
                .isEqualTo(FailureReason.SrcBucketReplicationConfigMissing);
        assertThat(told.results()).extracting(OutgoingRecord::topic).contains("tidelock.dead-letters");
        assertThat(world.ledger.parked()).isZero();
    }

    @Test
    void work_whose_rule_has_gone_is_skipped_and_what_cannot_be_read_becomes_a_dead_letter()
            throws InterruptedException {
        // Given
        onlyOneDestination();
        down(_ -> true);
        world.handle(world.put("a/one", "first"));
        var parked = world.next().parked().getFirst();
        world.close();
        world = new PipelineWorld(List.of(rule("r", "b/", "replicas")));

        // When
        var record = world.fromTopic(parked);
        world.pipeline.foresee(record);
        world.handle(record);

        // Then
        assertThat(world.next().outcomes()).singleElement().isInstanceOf(Outcome.Skipped.class);
        for (var unreadable : List.of("", "{}", "[1]")) {
            world.handle(world.fromTopic(
                    new OutgoingRecord(PipelineWorld.PARKED, 0, null, unreadable.getBytes(UTF_8), List.of())));
            assertThat(world.next().results())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.topic()).isEqualTo("tidelock.dead-letters"));
        }
    }
}

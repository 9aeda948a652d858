package io.tidelock.replicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.StreamPosition;
import io.tidelock.ingest.handoff.DeadLetterReader;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.OperationId;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.StoreHook;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicationPipelineTest {
    private PipelineWorld world = new PipelineWorld(List.of(rule("r", 1, new RuleFilter.Prefix("a/"), "replicas")));

    private static ReplicationRule rule(String id, int priority, RuleFilter filter, String bucket) {
        return new ReplicationRule(
                id, SchemaVersion.V2, priority, true, filter, RuleDestination.of(bucket), true, false, false);
    }

    @AfterEach
    void close() {
        world.close();
        assertThat(world.ledger.complaints).isEmpty();
        assertThat(world.ledger.isBalanced()).isTrue();
    }

    private void restart(List<ReplicationRule> rules, String... otherBuckets) {
        world.close();
        world = new PipelineWorld(rules, otherBuckets);
    }

    private String replicaText(String key) {
        var object = new ObjectKey(world.sides.replicas, key);
        var version = world.sides.destination.stack(object).layers().getFirst().id();
        return new String(world.sides.destination.world().bytes(new ObjectVersion(object, version)), UTF_8);
    }

    @Test
    void an_event_becomes_a_replica_and_its_outcome_a_record_under_the_same_key() throws InterruptedException {
        // When
        world.handle(world.put("a/one", "hello"));

        // Then
        var told = world.next();
        assertThat(replicaText("a/one")).isEqualTo("hello");
        assertThat(told.outcomes()).singleElement().isInstanceOf(Outcome.Replicated.class);
        assertThat(told.results()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("tidelock.outcomes");
            assertThat(record.key()).isEqualTo("paris/originals/a/one".getBytes(UTF_8));
        });
    }

    @Test
    void an_event_that_no_rule_knows_is_skipped_and_counted() throws InterruptedException {
        // When
        world.handle(world.put("b/one", "hello"));

        // Then
        var outcome = world.next().outcomes().getFirst();
        assertThat(outcome).isInstanceOf(Outcome.Skipped.class);
        assertThat(((Outcome.Skipped) outcome).reason()).isEqualTo(SkipReason.NO_RULE);
        assertThat(outcome.operation().id().ruleId()).isEqualTo(OperationId.NO_RULE);
        assertThat(world.ledger.accepted).isEqualTo(1);
    }

    @Test
    void an_event_of_a_bucket_that_has_lost_its_rules_fails_and_can_be_redriven() throws InterruptedException {
        // Given
        world.loseConfiguration();

        // When
        world.handle(world.put("a/one", "hello"));

        // Then
        var told = world.next();
        assertThat(told.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(((Outcome.Failed) outcome).reason()).isEqualTo(FailureReason.SrcBucketReplicationConfigMissing);
            assertThat(((Outcome.Failed) outcome).detail()).contains("paris/originals");
        });
        assertThat(told.results())
                .extracting(OutgoingRecord::topic)
                .containsExactly("tidelock.outcomes", "tidelock.dead-letters");
        assertThat(world.ledger.accepted).isEqualTo(1);
    }

    @Test
    void a_record_that_cannot_be_read_becomes_a_dead_letter() throws InterruptedException {
        // When
        world.handle(world.record("{}".getBytes(UTF_8)));

        // Then
        assertThat(world.next().results())
                .singleElement()
                .satisfies(record -> assertThat(record.topic()).isEqualTo("tidelock.dead-letters"));
        assertThat(world.ledger.accepted).isZero();
    }

    @Test
    void rule_06_destinations_each_get_their_own_operation() throws InterruptedException {
        // Given
        restart(
                List.of(
                        rule("first", 1, new RuleFilter.Everything(), "replicas"),
                        rule("second", 2, new RuleFilter.Everything(), "others")),
                "others");

        // When
        world.handle(world.put("k", "hello"));

        // Then
        assertThat(world.next().outcomes())
                .extracting(outcome -> outcome.operation().id().ruleId())
                .containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void rule_06_the_highest_priority_whose_tags_match_decides() throws InterruptedException {
        // Given
        restart(List.of(
                rule("plain", 1, new RuleFilter.Everything(), "replicas"),
                rule("gold", 3, new RuleFilter.Tagged("class", "gold"), "replicas"),
                rule("silver", 2, new RuleFilter.Tagged("class", "silver"), "replicas")));

        // When
        world.handle(world.put("k", "hello"));

        // Then
        assertThat(world.next().outcomes())
                .extracting(outcome -> outcome.operation().id().ruleId()
                        + (outcome instanceof Outcome.Replicated ? " replicated" : " skipped"))
                .containsExactly("gold skipped", "silver skipped", "plain replicated");
    }

    @Test
    void rule_37_a_destination_that_fails_does_not_hide_that_another_is_complete() throws InterruptedException {
        // Given
        restart(
                List.of(
                        rule("first", 1, new RuleFilter.Everything(), "replicas"),
                        rule("second", 2, new RuleFilter.Everything(), "others")),
                "others");
        world.sides.destination.world().versioning(new Bucket("frankfurt", "others"), Versioning.SUSPENDED);

        // When
        world.handle(world.put("k", "hello"));

        // Then
        assertThat(world.next().outcomes())
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOf(
                                outcome.operation().id().ruleId().equals("first")
                                        ? Outcome.Replicated.class
                                        : Outcome.Failed.class));
    }

    @Test
    void what_failed_is_a_dead_letter_that_keeps_the_event_and_names_the_rule() throws InterruptedException {
        // Given
        world.sides.destination.hook(StoreHook.failingBefore((call, _) -> call == StoreCall.PutObject
                ? Optional.of(new StoreException(StoreFailure.DENIED, call.name(), "test", null))
                : Optional.empty()));
        var record = world.record(EventCodec.encode(world.put("a/one", "hello")));

        // When
        world.handle(record);

        // Then
        var results = Objects.requireNonNull(world.next().results());
        assertThat(results).hasSize(2);
        var letter = results.getLast();
        var kept = new SourceRecord(
                new StreamPosition(letter.topic(), 0, 0),
                record.timestamp(),
                letter.key(),
                letter.value(),
                letter.headers());
        assertThat(new DeadLetterReader().read(kept)).isInstanceOfSatisfying(DeadLetterReader.Letter.class, read -> {
            assertThat(read.letter().reason()).isEqualTo("DstPutObjectNotPermitted");
            assertThat(read.letter().rule()).isEqualTo("r");
            assertThat(read.letter().original().position()).isEqualTo(record.position());
            assertThat(read.letter().original().key()).isEqualTo(record.key());
            assertThat(read.letter().original().value()).isEqualTo(record.value());
        });
    }

    @Test
    void a_failure_that_may_pass_is_tried_again() throws InterruptedException {
        // Given
        var failures = new AtomicInteger(2);
        world.sides.destination.hook(
                StoreHook.failingBefore((call, _) -> call == StoreCall.PutObject && failures.getAndDecrement() > 0
                        ? Optional.of(new StoreException(StoreFailure.UNAVAILABLE, call.name(), "test", null))
                        : Optional.empty()));

        // When
        world.handle(world.put("a/one", "hello"));

        // Then
        var outcome = world.next().outcomes().getFirst();
        assertThat(outcome).isInstanceOf(Outcome.Replicated.class);
        assertThat(outcome.attempts()).isEqualTo(3);
        assertThat(world.ledger.retries).hasSize(2).containsOnly(FailureReason.DST_UNAVAILABLE);
    }

    @Test
    void a_bug_stops_the_record_loudly() throws InterruptedException {
        // Given
        world.sides.destination.hook((_, _, _) -> {
            throw new IllegalStateException("a bug");
        });

        // When
        world.handle(world.put("a/one", "hello"));

        // Then
        assertThat(world.next().bug()).hasMessage("a bug");
        assertThat(world.ledger.dropped).isEqualTo(1);
    }

    @Test
    void work_that_waits_for_another_try_is_given_up_when_its_partition_leaves() throws InterruptedException {
        // Given
        var held = new CountDownLatch(1);
        world.sides.destination.hook((call, _, _) -> {
            await(held);
            throw new StoreException(StoreFailure.UNAVAILABLE, call.name(), "down for ever", null);
        });
        world.handle(world.put("a/one", "begun"));
        world.handle(world.put("a/one", "waiting in the lane"));

        // When
        world.pipeline.letGo(PipelineWorld.EVENTS, Set.of(0));
        held.countDown();

        // Then
        assertThat(List.of(world.next(), world.next())).allSatisfy(told -> {
            assertThat(told.results()).isNull();
            assertThat(told.bug()).isNull();
        });
        assertThat(world.ledger.dropped).isEqualTo(2);
    }

    @Test
    void work_of_partitions_that_stay_goes_on() throws InterruptedException {
        // Given
        var held = new CountDownLatch(1);
        world.sides.destination.hook((_, _, _) -> await(held));
        world.handle(world.put("a/one", "stays"));

        // When
        world.pipeline.letGo(PipelineWorld.EVENTS, Set.of(1));
        world.pipeline.letGo("another.topic", Set.of(0));
        held.countDown();

        // Then
        assertThat(world.next().outcomes()).singleElement().isInstanceOf(Outcome.Replicated.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatever_happens_every_operation_is_accounted_for() throws InterruptedException {
        // Given
        restart(
                List.of(
                        rule("one", 1, new RuleFilter.Prefix("a/"), "replicas"),
                        rule("tag", 2, new RuleFilter.Tagged("never", "there"), "replicas"),
                        rule("two", 1, new RuleFilter.Prefix("a/b"), "others")),
                "others");
        var random = new Random(4711);
        world.sides.destination.hook(StoreHook.failingBefore((call, _) -> failure(random, call)));
        var handled = 0;

        // When
        for (var i = 0; i < 1_000; i++) {
            var key = List.of("a/x", "a/b1", "a/b2", "c").get(i % 4);
            handled++;
            switch (random.nextInt(20)) {
                case 0 -> world.handle(world.record(new byte[] {(byte) i}));
                case 1 -> {
                    world.handle(world.put(key, "text " + i));
                    world.pipeline.letGo(PipelineWorld.EVENTS, Set.of(0));
                }
                case 2 -> {
                    var object = new ObjectKey(new Bucket("paris", "originals"), key);
                    var now = world.sides.clock.instant();
                    world.handle(new VersionRemoved(
                            new Occurrence(object, null, now, null, null, "ObjectRemoved:Delete", Cause.REQUEST)));
                }
                default -> world.handle(world.put(key, "text " + i));
            }
            assertThat(world.ledger.isBalanced()).isTrue();
        }
        var told = new ArrayList<PipelineWorld.Told>();
        while (told.size() < handled) {
            told.add(world.next());
        }

        // Then
        assertThat(world.ledger.inFlight()).isZero();
        assertThat(told).extracting(PipelineWorld.Told::record).doesNotHaveDuplicates();
        assertThat(world.ledger.dropped).isPositive();
    }

    private static Optional<StoreException> failure(Random random, StoreCall call) {
        return switch (random.nextInt(12)) {
            case 0 -> Optional.of(new StoreException(StoreFailure.THROTTLED, call.name(), "slow down", null));
            case 1 -> Optional.of(new StoreException(StoreFailure.DENIED, call.name(), "no", null));
            default -> Optional.empty();
        };
    }
}

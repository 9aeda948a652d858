package io.tidelock.compliance.meter;

import static io.tidelock.compliance.lag.Operations.EPOCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidelock.compliance.lag.LagTracker;
import io.tidelock.compliance.lag.Operations;
import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.SkipReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutcomeMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OutcomeMeters meters = new OutcomeMeters(registry, 3, 2);

    @Test
    void a_replica_counts_with_its_bytes_and_its_way_from_the_source() {
        // Given
        var operation = Operations.created("r", EPOCH, 1_000);

        // When
        meters.ended(Operations.replicated(operation, EPOCH.plusSeconds(3), 1_000));

        // Then
        assertThat(count(MeterNames.OPERATIONS, "rule", "r", "operation", "object", "result", "replicated"))
                .isEqualTo(1);
        assertThat(count(MeterNames.COPIED_BYTES, "rule", "r")).isEqualTo(1_000);
        var timer = registry.get(MeterNames.DURATION.id()).tag("rule", "r").timer();
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(Arrays.stream(timer.takeSnapshot().histogramCounts())
                        .mapToDouble(bucket -> bucket.bucket(TimeUnit.SECONDS)))
                .containsExactly(
                        0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 15.0, 30.0, 60.0, 300.0, 900.0, 1_800.0, 3_600.0, 14_400.0);
    }

    @Test
    void a_replica_before_its_event_counts_as_instant() {
        // Given
        var operation = Operations.created("r", EPOCH.plusSeconds(5), 1);

        // When
        meters.ended(Operations.replicated(operation, EPOCH, 1));

        // Then
        var timer = registry.get(MeterNames.DURATION.id()).timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isZero();
    }

    @Test
    void every_way_to_end_has_its_own_series() {
        // When
        endInEveryWay();

        // Then
        assertThat(count(MeterNames.OPERATIONS, "operation", "delete_marker", "result", "replicated"))
                .isEqualTo(1);
        assertThat(count(MeterNames.OPERATIONS, "operation", "legal_hold", "result", "replicated"))
                .isEqualTo(1);
        assertThat(count(MeterNames.OPERATIONS, "operation", "removal", "result", "skipped"))
                .isEqualTo(1);
        assertThat(count(MeterNames.SKIPPED, "reason", "REMOVALS_NEVER_PROPAGATED"))
                .isEqualTo(1);
        assertThat(count(MeterNames.OPERATIONS, "operation", "object", "result", "failed"))
                .isEqualTo(1);
        assertThat(count(MeterNames.FAILURES, "reason", "DstPutObjectNotPermitted"))
                .isEqualTo(1);
        assertThat(count(MeterNames.DEAD_LETTERS, "reason", "DstPutObjectNotPermitted"))
                .isEqualTo(1);
        assertThat(count(MeterNames.RETRIES, "reason", "DstBucketNotFound")).isEqualTo(1);
        assertThat(count(MeterNames.RESTACKS, "rule", "r")).isEqualTo(1);
        assertThat(count(MeterNames.UNMARKED, "rule", "r")).isEqualTo(1);
    }

    @Test
    void a_version_that_carries_a_foreign_mark_is_counted() {
        // When
        meters.foreignMark(Operations.created("r", EPOCH, 1));

        // Then
        assertThat(count(MeterNames.FOREIGN_MARKS, "rule", "r")).isEqualTo(1);
    }

    @Test
    void rules_beyond_the_bound_fold_and_the_folding_is_counted() {
        // When
        for (var rule : List.of("a", "b", "c", "d", "e", "a", "d")) {
            meters.ended(
                    Operations.replicated(Operations.created(rule, EPOCH, 1), EPOCH.plus(Duration.ofSeconds(1)), 1));
        }

        // Then
        assertThat(count(MeterNames.COPIED_BYTES, "rule", "a")).isEqualTo(2);
        assertThat(count(MeterNames.COPIED_BYTES, "rule", LagTracker.OTHER)).isEqualTo(3);
        assertThat(registry.get(MeterNames.DURATION.id())
                        .tag("rule", LagTracker.OTHER)
                        .timer()
                        .count())
                .isEqualTo(4);
        // two meters of d, e and d again, and the histogram of c
        assertThat(count(MeterNames.DROPPED_LABELS)).isEqualTo(3 * 2 + 4);
        assertThat(registry.getMeters())
                .noneMatch(meter -> "d".equals(meter.getId().getTag("rule")));
    }

    @Test
    void every_meter_has_the_labels_and_the_help_that_its_name_promises() {
        // When
        endInEveryWay();
        meters.accepted(Operations.created("r", EPOCH, 1));
        meters.dropped(Operations.created("r", EPOCH, 1));

        // Then
        // the simple registry shows a histogram's buckets as gauges of their own
        var registered = registry.getMeters().stream()
                .filter(meter -> !meter.getId().getName().endsWith(".histogram"))
                .toList();
        assertThat(registered).isNotEmpty().allSatisfy(meter -> {
            var name = Arrays.stream(MeterNames.values())
                    .filter(known -> known.id().equals(meter.getId().getName()))
                    .findFirst()
                    .orElseThrow();
            assertThat(meter.getId().getTags().stream().map(tag -> tag.getKey()))
                    .containsExactlyInAnyOrderElementsOf(name.labels());
            assertThat(meter.getId().getDescription()).isEqualTo(name.help());
        });
    }

    @Test
    void accepted_equals_all_that_ended_or_left_or_is_in_flight_whatever_happens_at_once() throws Exception {
        // Given
        var seed = 20_261_101L;
        var tracker = new LagTracker(() -> EPOCH, 5);
        var threads = 8;

        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var round = 0; round < 20; round++) {
                // When
                var from = round * threads;
                var workers = IntStream.range(from, from + threads)
                        .<Callable<Integer>>mapToObj(worker -> () -> work(new Random(seed + worker), tracker))
                        .toList();
                var left = 0;
                for (var worker : pool.invokeAll(workers)) {
                    left += worker.get();
                }

                // Then
                var described = "seed %d, round %d".formatted(seed, round);
                inFlight += left;
                assertThat(tracker.inFlight()).as(described).isEqualTo(inFlight);
                assertThat(sum(MeterNames.ACCEPTED))
                        .as(described)
                        .isEqualTo(sum(MeterNames.OPERATIONS) + sum(MeterNames.RELEASED) + tracker.inFlight());
                assertThat(sum(MeterNames.SKIPPED)).as(described).isEqualTo(ended("skipped"));
                assertThat(sum(MeterNames.FAILURES)).as(described).isEqualTo(ended("failed"));
            }
        }
        assertThat(ended("replicated")).isPositive();
        assertThat(inFlight).isPositive();
    }

    private long inFlight;

    private void endInEveryWay() {
        meters.ended(Operations.propagated(Operations.marker("r", EPOCH), EPOCH));
        meters.ended(Operations.synced(Operations.changed("r", EPOCH, Aspect.LEGAL_HOLD), EPOCH));
        meters.ended(Operations.skipped(Operations.removed("r", EPOCH), EPOCH, SkipReason.REMOVALS_NEVER_PROPAGATED));
        meters.ended(
                Operations.failed(Operations.created("r", EPOCH, 1), EPOCH, FailureReason.DstPutObjectNotPermitted));
        meters.retried(Operations.created("r", EPOCH, 1), FailureReason.DstBucketNotFound);
        var one = new VersionId("1");
        meters.ended(new Outcome.Replicated(Operations.created("r", EPOCH, 1), EPOCH, 1, one, one, 1, false, true));
    }

    /** Takes operations through their life at random; says how many it left in flight. */
    private int work(Random random, LagTracker tracker) {
        var open = new ArrayList<Operation>();
        for (var step = 0; step < 2_000; step++) {
            if (open.isEmpty() || random.nextBoolean()) {
                var operation = begin(random);
                meters.accepted(operation);
                tracker.accepted(operation);
                open.add(operation);
                continue;
            }
            var operation = open.remove(random.nextInt(open.size()));
            if (random.nextInt(10) == 0) {
                meters.dropped(operation);
                tracker.dropped(operation);
                continue;
            }
            meters.retried(operation, FailureReason.DstBucketNotFound);
            var outcome = end(random, operation);
            meters.ended(outcome);
            tracker.ended(outcome);
        }
        return open.size();
    }

    private static Operation begin(Random random) {
        var rule = "rule-" + random.nextInt(7);
        return switch (random.nextInt(4)) {
            case 0 -> Operations.marker(rule, EPOCH);
            case 1 ->
                Operations.changed(
                        rule, EPOCH, pick(random, Aspect.TAGS, Aspect.ACL, Aspect.RETENTION, Aspect.LEGAL_HOLD));
            case 2 -> Operations.removed(rule, EPOCH);
            default -> Operations.created(rule, EPOCH, random.nextInt(1_000));
        };
    }

    private static Outcome end(Random random, Operation operation) {
        return switch (random.nextInt(5)) {
            case 0 -> Operations.propagated(operation, EPOCH);
            case 1 -> Operations.synced(operation, EPOCH);
            case 2 ->
                Operations.skipped(
                        operation, EPOCH, pick(random, SkipReason.NO_RULE, SkipReason.ARCHIVED, SkipReason.SUPERSEDED));
            case 3 ->
                Operations.failed(
                        operation, EPOCH, pick(random, FailureReason.DstBucketNotFound, FailureReason.STORE_CANNOT));
            default -> Operations.replicated(operation, EPOCH, random.nextInt(1_000));
        };
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    private double ended(String result) {
        return registry.find(MeterNames.OPERATIONS.id()).tag("result", result).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private double sum(MeterNames name) {
        return registry.find(name.id()).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private double count(MeterNames name, String... tags) {
        return registry.get(name.id()).tags(tags).counter().count();
    }
}

package io.tidelock.compliance.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.domain.Look;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.Outcome.DeleteMarkerPropagated;
import io.tidelock.replicator.outcome.Outcome.Failed;
import io.tidelock.replicator.outcome.Outcome.MetadataSynced;
import io.tidelock.replicator.outcome.Outcome.Replicated;
import io.tidelock.replicator.outcome.Outcome.Skipped;
import io.tidelock.replicator.outcome.OutcomeObserver;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Turns what happens to operations into counters and timers. Thread-safe. */
public final class OutcomeMeters implements OutcomeObserver {
    /** Rules that get series of their own. */
    public static final int RULES_MAX = 10_000;
    /** Rules that get a histogram of their own, which is most of a rule's series. */
    public static final int DURATION_RULES_MAX = 1_000;

    private static final Duration[] DURATION_BOUNDS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(300),
        Duration.ofSeconds(900),
        Duration.ofSeconds(1_800),
        Duration.ofSeconds(3_600),
        Duration.ofSeconds(14_400)
    };

    private final MeterRegistry registry;
    private final RuleLabels labels;
    private final RuleLabels durationLabels;
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();
    /** By partition and rule. */
    private final Map<Integer, Map<String, Long>> parked = new ConcurrentHashMap<>();

    public OutcomeMeters(MeterRegistry registry) {
        this(registry, RULES_MAX, DURATION_RULES_MAX);
    }

    OutcomeMeters(MeterRegistry registry, int rulesMax, int durationRulesMax) {
        this.registry = registry;
        var dropped = Counter.builder(MeterNames.DROPPED_LABELS.id())
                .description(MeterNames.DROPPED_LABELS.help())
                .register(registry);
        labels = new RuleLabels(rulesMax, dropped);
        durationLabels = new RuleLabels(durationRulesMax, dropped);
    }

    @Override
    public void accepted(Operation operation) {
        count(MeterNames.ACCEPTED, operation, 1);
    }

    @Override
    public void retried(Operation operation, FailureReason reason) {
        count(MeterNames.RETRIES, operation, 1, reason.name());
    }

    @Override
    public void foreignMark(Operation operation) {
        count(MeterNames.FOREIGN_MARKS, operation, 1);
    }

    @Override
    public void dropped(Operation operation) {
        count(MeterNames.RELEASED, operation, 1);
    }

    @Override
    public void parked(Operation operation, FailureReason reason) {
        changeParked(operation, 1);
    }

    @Override
    public void resumed(Operation operation) {
        changeParked(operation, -1);
    }

    private void changeParked(Operation operation, long by) {
        parked.computeIfAbsent(operation.id().position().partition(), _ -> new ConcurrentHashMap<>())
                .merge(operation.id().ruleId(), by, Long::sum);
    }

    @Override
    public void parkedLeft(Set<Integer> partitions) {
        for (var partition : partitions) {
            var left = parked.remove(partition);
            if (left != null) {
                left.forEach((ruleId, operations) -> count(MeterNames.RELEASED, ruleId, operations));
            }
        }
    }

    @Override
    public void ended(Outcome outcome) {
        var operation = outcome.operation();
        swept(outcome);
        switch (outcome) {
            case Replicated replicated -> {
                count(MeterNames.OPERATIONS, operation, 1, "object", "replicated");
                count(MeterNames.COPIED_BYTES, operation, replicated.bytes());
                duration(replicated);
                if (replicated.restacked()) {
                    count(MeterNames.RESTACKS, operation, 1);
                }
                if (!replicated.marked()) {
                    count(MeterNames.UNMARKED, operation, 1);
                }
            }
            case DeleteMarkerPropagated _ -> count(MeterNames.OPERATIONS, operation, 1, "delete_marker", "replicated");
            case MetadataSynced _ ->
                count(MeterNames.OPERATIONS, operation, 1, nameOf(operation.event()), "replicated");
            case Skipped skipped -> {
                count(MeterNames.OPERATIONS, operation, 1, nameOf(operation.event()), "skipped");
                count(MeterNames.SKIPPED, operation, 1, skipped.reason().name());
            }
            case Failed failed -> {
                count(MeterNames.OPERATIONS, operation, 1, nameOf(operation.event()), "failed");
                count(MeterNames.FAILURES, operation, 1, failed.reason().name());
                deadLetter(failed.reason().name());
            }
        }
    }

    @Override
    public void deadLetter(String reason) {
        Counter.builder(MeterNames.DEAD_LETTERS.id())
                .description(MeterNames.DEAD_LETTERS.help())
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    private void swept(Outcome outcome) {
        var look = outcome.operation().event().occurrence().look();
        if (look == null || look.purpose() == Look.Purpose.RESYNC || look.purpose() == Look.Purpose.TAKEOVER) {
            return;
        }
        switch (outcome) {
            case Replicated _, DeleteMarkerPropagated _, MetadataSynced _ ->
                count(MeterNames.SWEEP_FOUND, outcome.operation(), 1);
            case Skipped _, Failed _ -> {}
        }
    }

    private static String nameOf(BucketEvent event) {
        return switch (event) {
            case ObjectCreated _ -> "object";
            case DeleteMarkerCreated _ -> "delete_marker";
            case MetadataChanged changed -> changed.aspect().name().toLowerCase(Locale.ROOT);
            case VersionRemoved _ -> "removal";
        };
    }

    /** How long ago a version was written that a job asks for says nothing of how fast events are followed. */
    private void duration(Replicated replicated) {
        var operation = replicated.operation();
        if (operation.event().occurrence().look() != null) {
            return;
        }
        var took = Duration.between(operation.event().occurrence().time(), replicated.endedAt());
        durations
                .computeIfAbsent(
                        durationLabels.of(operation.id().ruleId()),
                        rule -> Timer.builder(MeterNames.DURATION.id())
                                .description(MeterNames.DURATION.help())
                                .serviceLevelObjectives(DURATION_BOUNDS)
                                .tag("rule", rule)
                                .register(registry))
                // a source whose clock runs ahead must not lose the observation
                .record(took.isNegative() ? Duration.ZERO : took);
    }

    private void count(MeterNames meter, Operation operation, long by, String... values) {
        count(meter, operation.id().ruleId(), by, values);
    }

    private void count(MeterNames meter, String ruleId, long by, String... values) {
        var rule = labels.of(ruleId);
        var series = new Series(meter, rule, String.join("\n", values));
        var counter = counters.get(series);
        if (counter == null) {
            counter = counters.computeIfAbsent(series, _ -> register(meter, rule, values));
        }
        counter.increment((double) by);
    }

    private Counter register(MeterNames meter, String rule, String... values) {
        var tags = Tags.of(meter.labels().getFirst(), rule);
        for (var i = 0; i < values.length; i++) {
            tags = tags.and(meter.labels().get(i + 1), values[i]);
        }
        return Counter.builder(meter.id()).description(meter.help()).tags(tags).register(registry);
    }

    /** One line of the metrics page. */
    private record Series(MeterNames meter, String rule, String values) {}
}

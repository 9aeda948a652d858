package io.tidelock.compliance.meter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidelock.compliance.lag.LagSnapshot;
import io.tidelock.compliance.lag.LagTracker;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OutcomeObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Gauges over a {@link LagTracker}, computed when they are asked. Thread-safe. */
public final class LagMeters implements OutcomeObserver {
    private final MeterRegistry registry;
    private final LagTracker tracker;
    private final BooleanSupplier known;
    private final Set<String> rules = ConcurrentHashMap.newKeySet();

    /**
     * @param known whether what the tracker holds is the whole of this instance's share; where it is not, the lag is NaN
     */
    public LagMeters(MeterRegistry registry, LagTracker tracker, BooleanSupplier known) {
        this.registry = registry;
        this.tracker = tracker;
        this.known = known;
    }

    /** Shows a rule before its first operation. */
    public void show(String ruleId) {
        var rule = tracker.follow(ruleId);
        if (rules.add(rule)) {
            gauge(MeterNames.PENDING_OPERATIONS, rule, LagSnapshot::operations);
            gauge(MeterNames.PENDING_BYTES, rule, LagSnapshot::bytes);
            gauge(MeterNames.LAG, rule, this::lagSeconds);
            gauge(MeterNames.PARKED, () -> (double) tracker.parked(rule), rule);
        }
    }

    @Override
    public void accepted(Operation operation) {
        if (!rules.contains(operation.id().ruleId())) {
            show(operation.id().ruleId());
        }
    }

    private double lagSeconds(LagSnapshot lag) {
        return known.getAsBoolean() ? lag.oldestAge().toNanos() / 1e9 : Double.NaN;
    }

    private void gauge(MeterNames meter, String rule, ToDoubleFunction<LagSnapshot> value) {
        gauge(meter, () -> value.applyAsDouble(tracker.of(rule)), rule);
    }

    private void gauge(MeterNames meter, Supplier<Number> value, String rule) {
        // the registry holds gauges weakly unless told otherwise, and a collected gauge is NaN
        Gauge.builder(meter.id(), value)
                .description(meter.help())
                .tag("rule", rule)
                .strongReference(true)
                .register(registry);
    }
}

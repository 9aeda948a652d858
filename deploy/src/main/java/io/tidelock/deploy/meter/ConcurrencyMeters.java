package io.tidelock.deploy.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidelock.compliance.meter.MeterNames;
import io.tidelock.domain.Bucket;
import io.tidelock.replicator.ReplicatorVerticle;
import io.tidelock.replicator.park.ConcurrencyLimits.State;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Shows how much runs at once for each destination. Thread-safe. */
public final class ConcurrencyMeters {
    private final MeterRegistry registry;
    /** Counters hold what they speak of weakly; this holds it for good. */
    private final Set<Bucket> shown = ConcurrentHashMap.newKeySet();

    private volatile @Nullable ReplicatorVerticle replicator;

    public ConcurrencyMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Whose operations they are, as soon as there is one. */
    public void watch(ReplicatorVerticle whose) {
        replicator = whose;
    }

    /** Shows destinations from now on. */
    public void show(Collection<Bucket> destinations) {
        destinations.stream().filter(shown::add).forEach(this::show);
    }

    private void show(Bucket destination) {
        gauge(MeterNames.CONCURRENCY_LIMIT, destination, State::limit);
        gauge(MeterNames.IN_FLIGHT, destination, State::inFlight);
        FunctionCounter.builder(MeterNames.THROTTLED.id(), destination, of -> value(of, State::throttled))
                .description(MeterNames.THROTTLED.help())
                .tag("destination", destination.toString())
                .register(registry);
    }

    private void gauge(MeterNames name, Bucket destination, ToDoubleFunction<State> value) {
        Gauge.builder(name.id(), () -> value(destination, value))
                .description(name.help())
                .tag("destination", destination.toString())
                .strongReference(true)
                .register(registry);
    }

    private double value(Bucket destination, ToDoubleFunction<State> value) {
        var whose = replicator;
        return whose == null ? 0 : value.applyAsDouble(whose.concurrency(destination));
    }
}

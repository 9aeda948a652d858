package io.tidelock.deploy.meter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidelock.compliance.meter.MeterNames;
import io.tidelock.domain.Bucket;
import io.tidelock.replicator.ReplicatorVerticle;
import io.tidelock.replicator.park.Breakers.Passage;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Shows what the breakers of destinations let through. Thread-safe. */
public final class BreakerMeters {
    private final MeterRegistry registry;
    private final Set<Bucket> shown = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ReplicatorVerticle replicator;

    public BreakerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Whose breakers they are, as soon as there is one. */
    public void watch(ReplicatorVerticle whose) {
        replicator = whose;
    }

    /** Shows destinations from now on. */
    public void show(Collection<Bucket> destinations) {
        destinations.stream()
                .filter(shown::add)
                .forEach(destination -> Gauge.builder(MeterNames.BREAKER.id(), () -> level(destination))
                        .description(MeterNames.BREAKER.help())
                        .tag("destination", destination.toString())
                        .strongReference(true)
                        .register(registry));
    }

    /** The destinations that are shown, sorted. */
    public List<Bucket> shown() {
        return shown.stream().sorted(Comparator.comparing(Bucket::toString)).toList();
    }

    /** What the breaker of one destination lets through now. */
    public Passage passage(Bucket destination) {
        var whose = replicator;
        return whose == null ? Passage.CLOSED : whose.passage(destination);
    }

    /** How many operations are parked here for one destination. */
    public long parked(Bucket destination) {
        var whose = replicator;
        return whose == null ? 0 : whose.parked(destination);
    }

    private double level(Bucket destination) {
        return switch (passage(destination)) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }
}

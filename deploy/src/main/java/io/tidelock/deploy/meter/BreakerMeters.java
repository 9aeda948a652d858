package io.tidelock.deploy.meter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidelock.compliance.meter.MeterNames;
import io.tidelock.domain.Bucket;
import io.tidelock.replicator.ReplicatorVerticle;
import io.tidelock.replicator.park.Breakers.Passage;

/** Shows what the breakers of destinations let through. */
public final class BreakerMeters {
    private BreakerMeters() {}

    /** Shows one destination from now on. */
    public static void show(MeterRegistry registry, Bucket destination, ReplicatorVerticle replicator) {
        Gauge.builder(MeterNames.BREAKER.id(), () -> level(replicator.passage(destination)))
                .description(MeterNames.BREAKER.help())
                .tag("destination", destination.toString())
                .strongReference(true)
                .register(registry);
    }

    private static int level(Passage passage) {
        return switch (passage) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }
}

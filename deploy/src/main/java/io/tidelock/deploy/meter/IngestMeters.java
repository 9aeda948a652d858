package io.tidelock.deploy.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidelock.compliance.meter.MeterNames;
import io.tidelock.ingest.IngestObserver;
import io.tidelock.ingest.decode.IgnoredReason;

/** Counts what becomes of raw records. Thread-safe. */
public final class IngestMeters implements IngestObserver {
    private final MeterRegistry registry;

    public IngestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void decoded(String source, int events) {
        counter(MeterNames.INGESTED_EVENTS)
                .tag("source", source)
                .register(registry)
                .increment(events);
    }

    @Override
    public void ignored(String source, IgnoredReason reason) {
        counter(MeterNames.IGNORED_RECORDS)
                .tag("source", source)
                .tag("reason", reason.name())
                .register(registry)
                .increment();
    }

    @Override
    public void deadLetter(String source, String reason) {
        counter(MeterNames.DEAD_LETTERS)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    private static Counter.Builder counter(MeterNames meter) {
        return Counter.builder(meter.id()).description(meter.help());
    }
}

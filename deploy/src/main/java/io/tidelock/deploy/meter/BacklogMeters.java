package io.tidelock.deploy.meter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidelock.compliance.meter.MeterNames;
import io.tidelock.ingest.kafka.BacklogProbe;
import io.tidelock.ingest.kafka.BacklogProbe.Backlog;
import io.tidelock.ingest.kafka.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gauges over what groups have not finished, as Kafka last said. {@link #refresh} blocks; gauges do not. */
public final class BacklogMeters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BacklogMeters.class);

    private final MeterRegistry registry;
    private final BacklogProbe probe;
    private final InstantSource clock;
    private final Map<String, Subscription> groups;
    private final Map<Place, Backlog> backlogs = new ConcurrentHashMap<>();
    private final HashSet<Place> shown = new HashSet<>();

    /** @param groups what each consumer group reads; the probe is closed with the meters */
    public BacklogMeters(
            MeterRegistry registry, BacklogProbe probe, InstantSource clock, Map<String, Subscription> groups) {
        this.registry = registry;
        this.probe = probe;
        this.clock = clock;
        this.groups = Map.copyOf(groups);
    }

    /** Asks Kafka; where it does not answer, the gauges are NaN until it does. */
    public synchronized void refresh() {
        groups.forEach((group, subscription) -> {
            switch (probe.probe(group, subscription)) {
                case BacklogProbe.Backlogs found -> {
                    backlogs.keySet().removeIf(place -> place.group().equals(group));
                    found.backlogs().forEach(backlog -> keep(group, backlog));
                }
                case BacklogProbe.Unknown unknown -> {
                    backlogs.keySet().removeIf(place -> place.group().equals(group));
                    LOG.atDebug()
                            .addKeyValue("group", group)
                            .addKeyValue("reason", unknown.why())
                            .log("The backlog is unknown");
                }
            }
        });
    }

    private void keep(String group, Backlog backlog) {
        var place = new Place(group, backlog.topic(), backlog.partition());
        backlogs.put(place, backlog);
        if (shown.add(place)) {
            gauge(MeterNames.BACKLOG_RECORDS, place, Backlog::records);
            gauge(MeterNames.BACKLOG_OLDEST, place, this::ageSeconds);
        }
    }

    private double ageSeconds(Backlog backlog) {
        var oldest = backlog.oldest();
        if (oldest == null) {
            // there is something, and its age was not read in time
            return backlog.records() == 0 ? 0 : Double.NaN;
        }
        return Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1e3);
    }

    private void gauge(MeterNames meter, Place place, ToDoubleFunction<Backlog> value) {
        Gauge.builder(meter.id(), () -> read(backlogs.get(place), value))
                .description(meter.help())
                .tag("topic", place.topic())
                .tag("partition", Integer.toString(place.partition()))
                .strongReference(true)
                .register(registry);
    }

    private static double read(@Nullable Backlog backlog, ToDoubleFunction<Backlog> value) {
        return backlog == null ? Double.NaN : value.applyAsDouble(backlog);
    }

    @Override
    public void close() {
        probe.close();
    }

    /** One partition under one group. */
    private record Place(String group, String topic, int partition) {}
}

package io.tidelock.deploy.config;

import io.tidelock.replicator.ReplicatorConfig;
import io.tidelock.replicator.execute.ExecuteSettings;
import io.tidelock.replicator.execute.RetrySettings;
import io.tidelock.replicator.execute.TransferSettings;
import io.tidelock.replicator.park.BreakerSettings;
import io.tidelock.replicator.park.ConcurrencySettings;
import io.tidelock.replicator.park.ParkingSettings;
import java.util.Set;

/** Reads the bounds of replicating. */
final class ReplicatorReader {
    private ReplicatorReader() {}

    static ReplicatorConfig read(Settings replicator, TopicsConfig topics) {
        return new ReplicatorConfig(
                replicator.text("group"),
                topics.events().name(),
                topics.outcomes().name(),
                topics.parked().name(),
                topics.deadLetters().name(),
                topics.uploads().name(),
                replicator.integer("lanesMax"),
                KafkaReader.limits(replicator.group("events")),
                new ExecuteSettings(
                        transfer(replicator),
                        retry(replicator.group("retry")),
                        replicator.duration("bucketFactsMaxAge"),
                        replicator.whole("ownerCheckEvery")),
                replicator.duration("uploadAgeMax"),
                parking(replicator.group("parking")),
                breaker(replicator.group("breaker")),
                concurrency(replicator.group("concurrency")),
                Set.copyOf(replicator.texts("principals")));
    }

    private static TransferSettings transfer(Settings replicator) {
        return new TransferSettings(
                replicator.whole("multipartThresholdBytes"),
                replicator.whole("partSizeBytes"),
                replicator.integer("partsInFlightMax"),
                replicator.whole("bytesInFlightMax"));
    }

    private static RetrySettings retry(Settings retry) {
        return new RetrySettings(
                retry.duration("delayMin"),
                retry.duration("delayMax"),
                retry.integer("triesMax"),
                retry.integer("mismatchesMax"));
    }

    private static ParkingSettings parking(Settings parking) {
        return new ParkingSettings(
                parking.integer("keysMax"),
                parking.integer("perSecondMax"),
                parking.duration("delayMin"),
                parking.duration("delayMax"),
                parking.integer("destinationTasksMax"));
    }

    private static BreakerSettings breaker(Settings breaker) {
        return new BreakerSettings(
                breaker.integer("callsWatched"),
                breaker.integer("failurePercent"),
                breaker.duration("openFor"),
                breaker.integer("probes"));
    }

    private static ConcurrencySettings concurrency(Settings concurrency) {
        return new ConcurrencySettings(
                concurrency.integer("operationsMin"),
                concurrency.integer("cutPercent"),
                concurrency.integer("throttledTriesMax"));
    }
}

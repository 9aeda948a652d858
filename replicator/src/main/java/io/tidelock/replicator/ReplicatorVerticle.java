package io.tidelock.replicator;

import io.tidelock.domain.Bucket;
import io.tidelock.ingest.handoff.DeadLetters;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.KeyHistory;
import io.tidelock.ingest.kafka.LoopSettings;
import io.tidelock.ingest.kafka.LoopSettings.SideTopic;
import io.tidelock.ingest.kafka.LoopState;
import io.tidelock.ingest.kafka.PollLoop;
import io.tidelock.ingest.kafka.Subscription;
import io.tidelock.replicator.budget.Budgets;
import io.tidelock.replicator.execute.Backoff;
import io.tidelock.replicator.execute.Endpoints;
import io.tidelock.replicator.execute.OperationRunner;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.outcome.OutcomeObserver;
import io.tidelock.replicator.outcome.kafka.KafkaJournal;
import io.tidelock.replicator.park.Breakers;
import io.tidelock.replicator.park.Breakers.Passage;
import io.tidelock.replicator.park.ConcurrencyLimits;
import io.tidelock.replicator.park.Gates;
import io.tidelock.replicator.park.ParkingSettings;
import io.tidelock.replicator.plan.Planner;
import io.tidelock.replicator.rule.RuleBook;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.upload.OrphanedUploads;
import io.tidelock.replicator.upload.kafka.KafkaUploadLedger;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the pipeline on the events topic; stops it within a deadline and closes the stores. */
public final class ReplicatorVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicatorVerticle.class);
    private static final String ROLE = "replicator";
    private static final Duration ORPHANS_EVERY = Duration.ofMinutes(10);

    private final ReplicatorConfig config;
    private final Endpoints endpoints;
    private final Gates gates;
    private final Lanes lanes;
    private final Parking parking;
    private final PollLoop loop;
    private final KafkaUploadLedger uploads;
    private final OrphanedUploads orphans;
    private long orphansTimer;

    /**
     * A replicator that has not started.
     *
     * @param rules asked for every event
     * @param endpoints all stores that rules name; closed with the verticle
     * @param budgets what the same stores, and rules, may cost
     * @param chance for the jitter of retries; must be thread-safe
     */
    public ReplicatorVerticle(
            ReplicatorConfig config,
            KafkaSettings kafka,
            Supplier<RuleBook> rules,
            MarkKeys marks,
            Endpoints endpoints,
            Budgets budgets,
            OutcomeObserver observer,
            InstantSource clock,
            RandomGenerator chance) {
        this.config = config;
        this.endpoints = endpoints;
        this.gates = new Gates(
                new Breakers(config.breaker(), clock),
                new ConcurrencyLimits(config.concurrency(), config.lanesMax()),
                budgets);
        var planner = new Planner(marks, config.ownPrincipals());
        this.uploads = new KafkaUploadLedger(kafka, config.uploadsTopic());
        this.orphans = new OrphanedUploads(uploads, endpoints.stores(), clock, config.uploadAgeMax());
        var journal = new KafkaJournal(new KeyHistory(kafka), config.outcomesTopic());
        var runner = new OperationRunner(planner, config.execute(), gates, uploads, journal, observer, clock, chance);
        this.lanes = new Lanes(config.lanesMax(), config.limits().drainDeadline(), endpoints, runner, observer, clock);
        var deadLetters = new DeadLetters(config.deadLettersTopic(), ROLE);
        var takeovers = takeovers(config, endpoints, clock);
        this.parking = parking(rules, deadLetters, takeovers, observer, clock, chance);
        var pipeline = new ReplicationPipeline(
                rules, lanes, parking, takeovers, config.outcomesTopic(), deadLetters, observer, clock);
        this.loop = new PollLoop(kafka, loopSettings(config), pipeline, clock);
    }

    private Parking parking(
            Supplier<RuleBook> rules,
            DeadLetters deadLetters,
            Takeovers takeovers,
            OutcomeObserver observer,
            InstantSource clock,
            RandomGenerator chance) {
        return new Parking(
                config.parking(),
                config.limits().recordsInFlightMax(),
                config.parkedTopic(),
                config.outcomesTopic(),
                gates.breakers(),
                new Backoff(config.parking().delayMin(), config.parking().delayMax(), chance),
                rules,
                lanes,
                deadLetters,
                takeovers,
                observer,
                clock);
    }

    /** A former owner has the same bounds and stores, and waits for the slowest of them. */
    private static Takeovers takeovers(ReplicatorConfig config, Endpoints endpoints, InstantSource clock) {
        var writeTimeout = endpoints.stores().values().stream()
                .map(ObjectStore::writeTimeout)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new Takeovers(
                config.limits().recordsInFlightMax() + ParkingSettings.AHEAD_RECORDS_MAX, writeTimeout, clock);
    }

    private static LoopSettings loopSettings(ReplicatorConfig config) {
        return new LoopSettings(
                ROLE,
                config.group(),
                new Subscription.Topics(Set.of(config.eventsTopic())),
                config.limits(),
                Optional.of(new SideTopic(
                        config.parkedTopic(), ParkingSettings.AHEAD_RECORDS_MAX, ParkingSettings.AHEAD_BYTES_MAX)));
    }

    /** What the breaker of a destination lets through now. */
    public Passage passage(Bucket destination) {
        return gates.breakers().passage(destination);
    }

    /** How many operations run at once for a destination, and how many may. */
    public ConcurrencyLimits.State concurrency(Bucket destination) {
        return gates.limits().state(destination);
    }

    /** How many operations are parked for a destination, of the partitions that this instance owns. */
    public long parked(Bucket destination) {
        return parking.parked(destination);
    }

    @Override
    public Future<?> start() {
        loop.start();
        orphansTimer = vertx.setPeriodic(ORPHANS_EVERY.toMillis(), _ -> abortOrphans());
        return Future.succeededFuture();
    }

    /** What fails is logged, and tried again when the timer comes round. */
    Future<@Nullable Integer> abortOrphans() {
        return vertx.executeBlocking(orphans::abort, false)
                .onFailure(failure ->
                        LOG.atError().setCause(failure).log("Orphaned uploads were not aborted; it is tried again"));
    }

    /** What its loop is doing now, for health checks. */
    public LoopState state() {
        return loop.state();
    }

    /** Lets begun work end within the drain deadline, gives the rest up, and closes the stores. */
    @Override
    public Future<?> stop() {
        vertx.cancelTimer(orphansTimer);
        return vertx.executeBlocking(() -> {
            var complete = loop.stop(config.limits().drainDeadline());
            lanes.close();
            uploads.close();
            endpoints.close();
            return complete;
        });
    }
}

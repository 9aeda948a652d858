package io.tidelock.replicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.StreamPosition;
import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.DeadLetters;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.replicator.execute.Backoff;
import io.tidelock.replicator.execute.Endpoint;
import io.tidelock.replicator.execute.Endpoints;
import io.tidelock.replicator.execute.ExecuteSettings;
import io.tidelock.replicator.execute.OperationRunner;
import io.tidelock.replicator.execute.RetrySettings;
import io.tidelock.replicator.execute.TransferSettings;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.Parked;
import io.tidelock.replicator.outcome.kafka.OutcomeCodec;
import io.tidelock.replicator.outcome.kafka.ParkedCodec;
import io.tidelock.replicator.park.BreakerSettings;
import io.tidelock.replicator.park.Breakers;
import io.tidelock.replicator.park.ConcurrencyLimits;
import io.tidelock.replicator.park.ConcurrencySettings;
import io.tidelock.replicator.park.Gates;
import io.tidelock.replicator.park.ParkingSettings;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.AclPolicy;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.BucketRules.Place;
import io.tidelock.replicator.rule.KeyMapping;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.RuleBook;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.upload.UploadLedger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A pipeline between stores in memory, and everything that its records' completions were told. */
final class PipelineWorld implements AutoCloseable {
    static final String EVENTS = "tidelock.events";

    static final String PARKED = "tidelock.parked";

    /** Other destinations spell their keys so that a hook can tell them apart. */
    static final String OTHERS_PREFIX = "others/";

    /** The clock of this world goes on by a second at every look. */
    private static final Duration BREAKER_OPEN = Duration.ofMinutes(10);

    /** After as many looks at the clock the former owner of a partition writes no more. */
    static final Duration WRITE_TIMEOUT = Duration.ofMinutes(1);

    /** Longer than any test waits. */
    private static final Duration DRAIN_DEADLINE = Duration.ofMinutes(10);

    private static final ExecuteSettings QUICK = new ExecuteSettings(
            TransferSettings.DEFAULT,
            new RetrySettings(Duration.ofMillis(1), Duration.ofMillis(2), 3, 3),
            Duration.ofMinutes(1),
            1_000);

    final TwoSides sides;
    final InFlightLedger ledger = new InFlightLedger();
    final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    final Breakers breakers;
    private volatile RuleBook book;
    private final Lanes lanes;
    final ReplicationPipeline pipeline;
    private long offset;
    private long sequence;
    private long parkedOffset;

    /** What a completion was told; results are null where the record was abandoned or failed. */
    record Told(
            SourceRecord record,
            @Nullable List<OutgoingRecord> results,
            @Nullable Throwable bug) {
        /** The outcomes among the results. */
        List<Outcome> outcomes() {
            return results == null
                    ? List.of()
                    : results.stream()
                            .filter(record -> record.topic().equals("tidelock.outcomes"))
                            .map(PipelineWorld::outcome)
                            .toList();
        }

        /** What is set aside among the results. */
        List<OutgoingRecord> parked() {
            return results == null
                    ? List.of()
                    : results.stream()
                            .filter(record -> record.topic().equals(PARKED))
                            .toList();
        }
    }

    PipelineWorld(List<ReplicationRule> rules, String... otherBuckets) {
        this(new TwoSides(), rules, otherBuckets);
    }

    PipelineWorld(TwoSides sides, List<ReplicationRule> rules, String... otherBuckets) {
        this(sides, 10_000, rules, otherBuckets);
    }

    /** @param recordsInFlightMax what the loop around the pipeline may have read and not recorded */
    PipelineWorld(int recordsInFlightMax, List<ReplicationRule> rules, String... otherBuckets) {
        this(new TwoSides(), recordsInFlightMax, rules, otherBuckets);
    }

    private PipelineWorld(TwoSides sides, int recordsInFlightMax, List<ReplicationRule> rules, String... otherBuckets) {
        this.sides = sides;
        var places = new HashMap<>(Map.of("replicas", Place.in("frankfurt")));
        for (var bucket : otherBuckets) {
            sides.destination.world().createBucket(bucket, Versioning.ENABLED);
            places.put(bucket, new Place("frankfurt", new KeyMapping("", OTHERS_PREFIX), AclPolicy.COPY));
        }
        book = new RuleBook(List.of(new BucketRules(sides.originals, rules, places, History.FULL)));
        var endpoints = new Endpoints(
                List.of(new Endpoint("paris", sides.source, null), new Endpoint("frankfurt", sides.destination, null)));
        breakers = new Breakers(new BreakerSettings(20, 50, BREAKER_OPEN, 1), sides.clock);
        var gates = new Gates(breakers, new ConcurrencyLimits(ConcurrencySettings.DEFAULT, 8));
        var runner =
                new OperationRunner(sides.planner, QUICK, gates, UploadLedger.NONE, ledger, sides.clock, new Random(1));
        lanes = new Lanes(8, DRAIN_DEADLINE, endpoints, runner, ledger, sides.clock);
        var deadLetters = new DeadLetters("tidelock.dead-letters", "replicator");
        var takeovers = new Takeovers(100, WRITE_TIMEOUT, sides.clock);
        var parking = new Parking(
                new ParkingSettings(2, 1_000, Duration.ofMillis(1), Duration.ofMillis(2), 1_000),
                recordsInFlightMax,
                PARKED,
                "tidelock.outcomes",
                breakers,
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new Random(2)),
                () -> book,
                lanes,
                deadLetters,
                takeovers,
                ledger,
                sides.clock);
        pipeline = new ReplicationPipeline(
                () -> book, lanes, parking, takeovers, "tidelock.outcomes", deadLetters, ledger, sides.clock);
    }

    /** The configuration that the source bucket held is gone. */
    void loseConfiguration() {
        book = new RuleBook(List.of(), Set.of(sides.originals));
    }

    static Outcome outcome(OutgoingRecord record) {
        return switch (OutcomeCodec.decode(record.value())) {
            case OutcomeCodec.Read(var outcome) -> outcome;
            case OutcomeCodec.Newer(var detail) -> throw new AssertionError(detail);
            case OutcomeCodec.Unreadable(var detail) -> throw new AssertionError(detail);
        };
    }

    static Parked read(OutgoingRecord record) {
        return ((ParkedCodec.Read) ParkedCodec.decode(record.value())).parked();
    }

    /** What the versions of a replica hold, the oldest first. */
    List<String> replicaTexts(String key) {
        return replicaTexts(new ObjectKey(sides.replicas, key));
    }

    /** The same of any replica. */
    List<String> replicaTexts(ObjectKey object) {
        return sides.destination.stack(object).layers().reversed().stream()
                .map(layer -> new ObjectVersion(object, layer.id()))
                .map(version -> new String(sides.destination.world().bytes(version), UTF_8))
                .toList();
    }

    SourceRecord record(byte[] value) {
        return new SourceRecord(
                new StreamPosition(EVENTS, 0, offset++), sides.clock.instant(), new byte[] {1}, value, List.of());
    }

    void handle(BucketEvent event) {
        handle(record(EventCodec.encode(event)));
    }

    void handle(SourceRecord record) {
        pipeline.handle(record, new Completion() {
            @Override
            public void done(List<OutgoingRecord> results) {
                told.add(new Told(record, results, null));
            }

            @Override
            public void abandoned() {
                told.add(new Told(record, null, null));
            }

            @Override
            public void failed(Throwable bug) {
                told.add(new Told(record, null, bug));
            }
        });
    }

    /** The next thing that a completion is told; the loop goes round meanwhile. */
    Told next() throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end) {
            pipeline.turn();
            var next = told.poll(2, TimeUnit.MILLISECONDS);
            if (next != null) {
                return next;
            }
        }
        throw new AssertionError("no completion was told anything");
    }

    /** What was parked, as its topic gives it back. */
    SourceRecord fromTopic(OutgoingRecord parked) {
        assertThat(parked.topic()).isEqualTo(PARKED);
        assertThat(parked.partition()).isZero();
        return new SourceRecord(
                new StreamPosition(PARKED, 0, parkedOffset++),
                sides.clock.instant(),
                parked.key(),
                parked.value(),
                List.of());
    }

    /** A version under any key of the source bucket. */
    BucketEvent.ObjectCreated put(String key, String text) {
        var object = new ObjectKey(sides.originals, key);
        var id = sides.source.world().put(object, text.getBytes(UTF_8));
        var template = sides.created(id, ++sequence).occurrence();
        return new BucketEvent.ObjectCreated(
                new Occurrence(
                        object, id, template.time(), template.sequencer(), null, template.name(), template.cause()),
                (long) text.length(),
                null);
    }

    @Override
    public void close() {
        lanes.close();
    }
}

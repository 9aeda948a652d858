package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.StreamPosition;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OperationId;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import io.tidelock.replicator.park.BreakerSettings;
import io.tidelock.replicator.park.Breakers;
import io.tidelock.replicator.park.ConcurrencyLimits;
import io.tidelock.replicator.park.ConcurrencySettings;
import io.tidelock.replicator.park.Gates;
import io.tidelock.replicator.plan.Assignment;
import io.tidelock.replicator.plan.Planner;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.AclPolicy;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.rule.WayBack;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.InMemoryObjectStore;
import io.tidelock.replicator.store.StoreHook;
import io.tidelock.replicator.upload.UploadLedger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Two buckets that replicate one key to each other, and the events that either bucket reports of whoever writes. */
final class BothWays {
    private final AtomicLong looks = new AtomicLong();
    private final InstantSource clock;
    private final OperationRunner runner;
    final Side here;
    final Side there;
    private final PlantedFault fault;
    private long offset;

    /** Every look at the clock is a second later. */
    BothWays(Random random, boolean withPrincipals, PlantedFault fault, Set<String> ownPrincipals) {
        this(random, withPrincipals, fault, ownPrincipals, Duration.ofSeconds(1));
    }

    /**
     * Nothing has happened yet.
     *
     * @param withPrincipals whether events say who wrote
     * @param ownPrincipals how the configuration spells who Tidelock is; events spell it {@code tidelock}
     * @param tick how much later each look at the clock is than the last
     */
    BothWays(Random random, boolean withPrincipals, PlantedFault fault, Set<String> ownPrincipals, Duration tick) {
        this.fault = fault;
        clock = () -> TwoSides.START.plus(tick.multipliedBy(looks.incrementAndGet()));
        here = new Side("paris", clock, withPrincipals);
        there = new Side("frankfurt", clock, withPrincipals);
        runner = new OperationRunner(
                new Planner(TwoSides.KEYS, ownPrincipals),
                ExecuteSettings.DEFAULT,
                new Gates(
                        new Breakers(BreakerSettings.DEFAULT, clock),
                        new ConcurrencyLimits(ConcurrencySettings.DEFAULT, 100)),
                UploadLedger.NONE,
                OutcomeObserver.NOBODY,
                clock,
                random);
    }

    /** One of the two buckets, and what it has reported and nobody has read yet. */
    static final class Side {
        final InMemoryObjectStore store;
        final ObjectKey key;
        final List<BucketEvent> undelivered = new ArrayList<>();
        private final InstantSource clock;
        private final boolean withPrincipals;
        private final Map<VersionId, Map<String, String>> known = new HashMap<>();
        private long sequence;
        private @Nullable String principal;

        private Side(String name, InstantSource clock, boolean withPrincipals) {
            this.withPrincipals = withPrincipals;
            this.clock = clock;
            store = new InMemoryObjectStore(name, name + "-owner", clock);
            Bucket bucket = store.world().createBucket("both", Versioning.ENABLED);
            key = new ObjectKey(bucket, "a/key");
        }

        List<Layer> layers() {
            return store.stack(key).layers();
        }

        void put(String text) {
            store.world().put(key, text.getBytes(UTF_8), Map.of("n", text), Map.of());
            report("a person");
        }

        /** Makes an older version current again, as the console does: with all its metadata. */
        void copyOntoItself(String text) {
            var old = layers().stream()
                    .filter(layer ->
                            layer instanceof DataVersion && text(layer.id()).equals(text))
                    .findFirst()
                    .orElseThrow();
            var head = ((HeadAnswer.Present) store.head(new ObjectVersion(key, old.id()))).head();
            store.world().put(key, text.getBytes(UTF_8), head.userMetadata(), Map.of());
            report("a person");
        }

        void delete() {
            store.world().delete(key);
            report("a person");
        }

        void tag(VersionId id, String value) {
            store.putTags(new ObjectVersion(key, id), Map.of("t", value));
            report("a person");
        }

        /** What is current as text; null for a marker or nothing. */
        @Nullable
        String current() {
            var layers = layers();
            return layers.isEmpty() || !(layers.getFirst() instanceof DataVersion data) ? null : text(data.id());
        }

        String text(VersionId id) {
            return new String(store.world().bytes(new ObjectVersion(key, id)), UTF_8);
        }

        Map<String, String> tags(VersionId id) {
            return store.tags(new ObjectVersion(key, id));
        }

        /** Tells of everything that is new since it was asked last, the oldest first. */
        void report(String writer) {
            principal = withPrincipals ? writer : null;
            for (var layer : layers().reversed()) {
                if (!(layer instanceof DataVersion data)) {
                    if (known.put(layer.id(), Map.of()) == null) {
                        undelivered.add(new DeleteMarkerCreated(occurrence(layer.id(), "ObjectRemoved:Delete")));
                    }
                    continue;
                }
                var tags = tags(data.id());
                var before = known.put(data.id(), tags);
                if (before == null) {
                    undelivered.add(created(data));
                } else if (!before.equals(tags)) {
                    undelivered.add(tagged(data.id()));
                }
            }
        }

        /** Everything that is there once more, as a resync finds it. */
        void resync() {
            undelivered.addAll(KeyResync.events(store, key, "r", false));
        }

        private BucketEvent created(DataVersion data) {
            return new ObjectCreated(occurrence(data.id(), "ObjectCreated:Put"), data.sizeBytes(), data.eTag());
        }

        private BucketEvent tagged(VersionId id) {
            return new MetadataChanged(occurrence(id, "ObjectTagging:Put"), Aspect.TAGS);
        }

        private Occurrence occurrence(VersionId id, String name) {
            var order = new Sequencer("%012X".formatted(++sequence));
            return new Occurrence(
                    key,
                    id,
                    clock.instant(),
                    name.startsWith("ObjectTagging") ? null : order,
                    principal,
                    name,
                    Cause.REQUEST);
        }
    }

    /** Does what one side's event asks for at the other side; both then report what is new. */
    Outcome replicate(Side from, Side to, BucketEvent event) throws InterruptedException {
        var rule = new ReplicationRule(
                "r",
                SchemaVersion.V2,
                1,
                true,
                new RuleFilter.Everything(),
                RuleDestination.of(to.key.bucket().name()),
                true,
                false,
                true);
        var assignment = new Assignment(
                event,
                rule,
                to.key,
                History.FULL,
                AclPolicy.COPY,
                to.store.capabilities(),
                true,
                WayBack.WRITES_AND_MODIFICATIONS);
        var id = new OperationId(new StreamPosition("events", 0, offset++), rule.id());
        try {
            var end = runner.run(
                    new Operation(id, event, to.key, clock.instant()),
                    0,
                    new Route(
                            assignment,
                            new Endpoint(
                                    from.key.bucket().store(), fault.source().apply(from.store), null),
                            new Endpoint(
                                    to.key.bucket().store(), fault.destination().apply(to.store), null)),
                    _ -> {});
            return ((RunEnd.Ended) end).outcome();
        } finally {
            to.store.hook(StoreHook.NONE);
            from.report("tidelock");
            to.report("tidelock");
        }
    }
}

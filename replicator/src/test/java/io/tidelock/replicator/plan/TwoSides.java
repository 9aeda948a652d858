package io.tidelock.replicator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.replicator.mark.MarkKey;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.outcome.Journal;
import io.tidelock.replicator.plan.Decision.Ask;
import io.tidelock.replicator.plan.Decision.Decided;
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
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A source bucket in one store in memory and its destination in another, one key, and a planner that looks at them. */
public final class TwoSides {
    /** When the first change of every test happens. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    public static final MarkKeys KEYS =
            new MarkKeys(List.of(new MarkKey("k1", "sixteen bytes or more".getBytes(UTF_8))));
    public static final ReplicationRule RULE = rule(new RuleFilter.Everything(), RuleDestination.of("replicas"));

    public final InstantSource clock;
    public final InMemoryObjectStore source;
    public final InMemoryObjectStore destination;
    public final Bucket originals;
    public final Bucket replicas;
    public final ObjectKey key;
    public final ObjectKey replica;
    public final List<Question<?>> asked = new ArrayList<>();

    public History history = History.FULL;
    public ReplicationRule rule = RULE;
    public WayBack wayBack = WayBack.NONE;
    public AclPolicy acl = AclPolicy.COPY;
    public Journal journal = Journal.NONE;
    /** What the source says of its versions beyond what it was told. */
    public UnaryOperator<ObjectHead> sourceHeads = UnaryOperator.identity();

    public Planner planner = new Planner(KEYS, Set.of());

    /** A world in which every look at the clock is a second later. */
    public TwoSides() {
        var seconds = new AtomicLong();
        this(() -> START.plusSeconds(seconds.incrementAndGet()));
    }

    public TwoSides(InstantSource clock) {
        this.clock = clock;
        source = new InMemoryObjectStore("paris", "source-owner", clock);
        destination = new InMemoryObjectStore("frankfurt", "destination-owner", clock);
        originals = source.world().createBucket("originals", Versioning.ENABLED);
        replicas = destination.world().createBucket("replicas", Versioning.ENABLED);
        key = new ObjectKey(originals, "a/key");
        replica = new ObjectKey(replicas, "a/key");
    }

    public static ReplicationRule rule(RuleFilter filter, RuleDestination destination) {
        return new ReplicationRule("r", SchemaVersion.V2, 1, true, filter, destination, true, false, false);
    }

    /** An id whose place in the order the tests choose themselves. */
    public VersionId put(String text) {
        return source.world().put(key, text.getBytes(UTF_8));
    }

    public VersionId delete() {
        return source.world().delete(key);
    }

    public ObjectCreated created(VersionId id, long sequencer) {
        return new ObjectCreated(occurrence(id, sequencer, "ObjectCreated:Put", Cause.REQUEST), 3L, null);
    }

    public DeleteMarkerCreated marker(VersionId id, long sequencer) {
        return new DeleteMarkerCreated(occurrence(id, sequencer, "ObjectRemoved:DeleteMarkerCreated", Cause.REQUEST));
    }

    public VersionRemoved removed(VersionId id) {
        return new VersionRemoved(occurrence(id, 1L, "ObjectRemoved:Delete", Cause.REQUEST));
    }

    public MetadataChanged tagged(VersionId id) {
        return new MetadataChanged(occurrence(id, null, "ObjectTagging:Put", Cause.REQUEST), BucketEvent.Aspect.TAGS);
    }

    /** An event about a change of something other than the bytes. */
    public MetadataChanged changed(VersionId id, BucketEvent.Aspect aspect, String name) {
        return new MetadataChanged(occurrence(id, null, name, Cause.REQUEST), aspect);
    }

    public Occurrence occurrence(@Nullable VersionId id, @Nullable Long sequencer, String name, Cause cause) {
        var order = sequencer == null ? null : new Sequencer("%08X".formatted(sequencer));
        return new Occurrence(key, id, clock.instant(), order, null, name, cause);
    }

    public Assignment assignment(BucketEvent event) {
        return new Assignment(event, rule, replica, history, acl, destination.capabilities(), true, wayBack);
    }

    /** What the planner decides, with all facts that it asks for. */
    public Decided decide(BucketEvent event) {
        return decide(assignment(event));
    }

    public Decided decide(Assignment assignment) {
        asked.clear();
        var facts = Facts.NONE;
        while (true) {
            switch (planner.decide(assignment, facts)) {
                case Decided decided -> {
                    return decided;
                }
                case Ask(var question) -> {
                    asked.add(question);
                    facts = answer(facts, question);
                }
            }
        }
    }

    private Facts answer(Facts facts, Question<?> question) {
        return switch (question) {
            case Question.DestinationBucket q -> facts.with(q, destination.inspect(replicas));
            case Question.SourceBucket q -> facts.with(q, source.inspect(originals));
            case Question.DestinationHead q -> facts.with(q, destination.head(replica));
            case Question.SourceHead q -> facts.with(q, atSource(q.version()));
            case Question.SourceMetadata q -> facts.with(q, atSource(q.version()));
            case Question.SourceTags q -> facts.with(q, source.tags(new ObjectVersion(key, q.version())));
            case Question.SourceStack q -> facts.with(q, source.stack(key));
            case Question.DestinationStack q -> facts.with(q, destination.stack(replica));
            case Question.ReplicaHead q -> facts.with(q, destination.head(new ObjectVersion(replica, q.version())));
            case Question.SourceAcl q -> facts.with(q, source.acl(new ObjectVersion(key, q.version())));
            case Question.ReplicaAcl q -> facts.with(q, destination.acl(new ObjectVersion(replica, q.version())));
            case Question.Now q -> facts.with(q, clock.instant());
            case Question.Journalled q -> facts.with(q, journal.of(key, q.version(), q.eTag(), replica));
            case Question.ReplicaTags q -> facts.with(q, destination.tags(new ObjectVersion(replica, q.version())));
        };
    }

    private SourceAnswer atSource(VersionId id) {
        return switch (source.head(new ObjectVersion(key, id))) {
            case HeadAnswer.Present(var head) -> new SourceAnswer.Found(sourceHeads.apply(head));
            case HeadAnswer.DeleteMarker _ -> new SourceAnswer.IsMarker();
            case HeadAnswer.Missing() -> new SourceAnswer.Gone();
        };
    }

    /** Decides and does it, all but putting back; tells the id of what was written. */
    public VersionId replicate(BucketEvent event) {
        return switch (decide(event).plan()) {
            case Plan.Replicate plan -> write(plan);
            case Plan.PropagateDeleteMarker marker -> destination.putDeleteMarker(marker.replica());
            case Plan other -> throw new AssertionError("nothing to write: " + other);
        };
    }

    /** Decides and does it, and puts back what the plan wants back on top. */
    public void replicateWhole(BucketEvent event) {
        var plan = (Plan.Replicate) decide(event).plan();
        write(plan);
        plan.putBack().ifPresent(back -> {
            switch (back) {
                case Plan.PutBack.Marker marker -> destination.putDeleteMarker(marker.replica());
                case Plan.PutBack.Version version ->
                    destination.copy(version.replica().version(), version.write());
                case Plan.PutBack.FromSource again -> write(again.source(), again.write());
            }
        });
    }

    private VersionId write(Plan.Replicate plan) {
        return write(plan.source(), plan.write());
    }

    private VersionId write(ObjectHead version, ReplicaWrite write) {
        try (InputStream body = source.open(version.version(), null, null).body()) {
            return destination.put(write, body).id();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A write to the destination by somebody else. */
    public VersionId strangerPuts(String text) {
        return destination.world().put(replica, text.getBytes(UTF_8), Map.of("by", "a stranger"), Map.of());
    }

    public List<Layer> destinationLayers() {
        return destination.stack(replica).layers();
    }

    public static Precondition preconditionOf(Plan plan) {
        return plan instanceof Plan.Replicate replicate
                ? replicate.write().precondition()
                : new Precondition.Anything();
    }
}

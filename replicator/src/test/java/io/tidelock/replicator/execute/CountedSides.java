package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Checksum;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.StreamPosition;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
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
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.rule.WayBack;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.Digests;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreFixture;
import io.tidelock.replicator.store.s3.SandboxFixture;
import io.tidelock.sandbox.fault.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One key between a new bucket of one S3 endpoint and one of another, and operations that are run between them over HTTP. */
final class CountedSides {
    private static final int PART_BYTES = 5 << 20;
    static final String SOURCE_ACCOUNT = "111111111111";
    static final String DESTINATION_ACCOUNT = "222222222222";

    final List<FailureReason> retries = new ArrayList<>();
    private final SandboxFixture paris;
    private final SandboxFixture frankfurt;
    private final InstantSource clock;
    private final Bucket originals;
    private final Bucket replicas;
    private ObjectKey key;
    private ReplicationRule rule;
    private int ownerCheckEvery = 3;
    private @Nullable OperationRunner runner;
    private ObjectStore destination;
    private long thresholdBytes = PART_BYTES;
    private int offset;

    /**
     * Two empty buckets.
     *
     * @param clock the time at both
     * @param lockable whether versions in them can be locked
     */
    CountedSides(SandboxFixture paris, SandboxFixture frankfurt, InstantSource clock, boolean lockable) {
        this.paris = paris;
        this.frankfurt = frankfurt;
        this.clock = clock;
        destination = frankfurt.store();
        originals = bucket(paris, lockable);
        replicas = bucket(frankfurt, lockable);
        key = new ObjectKey(originals, "a/key");
        rule = TwoSides.rule(new RuleFilter.Everything(), RuleDestination.of(replicas.name()));
    }

    private static Bucket bucket(StoreFixture store, boolean lockable) {
        return lockable ? store.newLockableBucket() : store.newBucket(Versioning.ENABLED);
    }

    /** Replicas are to belong to the destination's account. */
    void overrideOwner() {
        var destination = new RuleDestination(replicas.name(), DESTINATION_ACCOUNT, null, null, true, false, false);
        rule = TwoSides.rule(new RuleFilter.Everything(), destination);
        ownerCheckEvery = 1;
        withAcls();
    }

    void withAcls() {
        paris.setOwnership(originals, "ObjectWriter");
        frankfurt.setOwnership(replicas, "ObjectWriter");
    }

    /** The destination is one that keeps no checksums. */
    void replicateWithoutChecksums() {
        destination = frankfurt.withoutChecksums();
    }

    /** Versions go in one request up to that size, unless something else asks for parts. */
    void inOneRequestBelow(long bytes) {
        thresholdBytes = bytes;
    }

    /** One byte of what the source's next reads answer is another. */
    void corruptReads(int times) {
        paris.faults().at(originals.name(), "GetObject").times(times).cause(new Fault.CorruptedAnswer());
    }

    /** What goes wrong with the next requests of one kind about replicas. */
    void strikeReplicas(String operation, int times, Fault fault) {
        frankfurt.faults().at(replicas.name(), operation).times(times).cause(fault);
    }

    ObjectKey replica() {
        return new ObjectKey(replicas, key.key());
    }

    ObjectVersion original(VersionId id) {
        return new ObjectVersion(key, id);
    }

    byte[] replicaBytes() throws IOException {
        var head = (HeadAnswer.Present) frankfurt.store().head(replica());
        try (var object = frankfurt.store().open(head.head().version(), null, null)) {
            return object.body().readAllBytes();
        }
    }

    void suspend() {
        paris.setVersioning(originals, Versioning.SUSPENDED);
    }

    VersionId put(String text) {
        return put(text.getBytes(UTF_8), Map.of(), null);
    }

    VersionId put(byte[] bytes, Map<String, String> tags, @Nullable String storageClass) {
        var write = write(bytes.length, tags, storageClass, null);
        return paris.store().put(write, new ByteArrayInputStream(bytes)).id();
    }

    /** A version of one request that keeps that checksum. */
    VersionId put(byte[] bytes, String algorithm, Encryption encryption) {
        var write = write(bytes.length, Map.of(), null, Digests.checksum(algorithm, bytes), encryption);
        return paris.store().put(write, new ByteArrayInputStream(bytes)).id();
    }

    /** A version of one request of a writer who knows no checksums. */
    VersionId putWithoutChecksum(byte[] bytes) {
        var write = write(bytes.length, Map.of(), null, null);
        return paris.withoutChecksums()
                .put(write, new ByteArrayInputStream(bytes))
                .id();
    }

    /** What versions under a key of the source's KMS are written with; they are replicated from now on. */
    Encryption kms() {
        var key = frankfurt.kmsKeys().enabled();
        rule = new ReplicationRule(
                rule.id(),
                rule.version(),
                rule.priority(),
                rule.enabled(),
                rule.filter(),
                new RuleDestination(replicas.name(), null, null, key, false, false, false),
                rule.deleteMarkers(),
                true,
                rule.replicaModifications());
        return new Encryption.SseKms(paris.kmsKeys().enabled(), false, false);
    }

    /** A version whose only checksum is one of those of its parts. */
    VersionId uploadInParts(byte[] bytes) {
        return uploadInParts(bytes, new Checksum("CRC32", "", true));
    }

    /** @param checksum what the version is to keep, null for none but of its parts */
    VersionId uploadInParts(byte[] bytes, @Nullable Checksum checksum) {
        var sizes = new ArrayList<Integer>();
        var left = bytes.length;
        do {
            sizes.add(Math.min(left, PART_BYTES));
            left -= PART_BYTES;
        } while (left > 0);
        return upload(paris.store(), bytes, sizes, checksum);
    }

    /** A version without any checksum, also of its parts, as writers leave it that know none. */
    VersionId uploadWithoutChecksums(byte[] bytes, Integer... partBytes) {
        return upload(paris.withoutChecksums(), bytes, List.of(partBytes), null);
    }

    private VersionId upload(ObjectStore writer, byte[] bytes, List<Integer> partBytes, @Nullable Checksum checksum) {
        var upload = writer.startUpload(write(bytes.length, Map.of(), null, checksum));
        var parts = new ArrayList<Multipart.Part>();
        var from = 0;
        for (int length : partBytes) {
            var part = new ByteArrayInputStream(bytes, from, length);
            parts.add(writer.uploadPart(upload, parts.size() + 1, part, length));
            from += length;
        }
        return writer.completeUpload(upload, parts).id();
    }

    private ReplicaWrite write(
            long sizeBytes, Map<String, String> tags, @Nullable String storageClass, @Nullable Checksum checksum) {
        return write(sizeBytes, tags, storageClass, checksum, new Encryption.None());
    }

    private ReplicaWrite write(
            long sizeBytes,
            Map<String, String> tags,
            @Nullable String storageClass,
            @Nullable Checksum checksum,
            Encryption encryption) {
        return new ReplicaWrite(
                key,
                sizeBytes,
                ContentHeaders.NONE,
                Map.of(),
                tags,
                storageClass,
                encryption,
                AclWrite.DEFAULT,
                checksum,
                ObjectLock.NONE,
                new Precondition.Anything());
    }

    void remove(VersionId id) {
        paris.remove(original(id));
    }

    VersionId delete() {
        return paris.store().putDeleteMarker(key);
    }

    void tag(VersionId id) {
        paris.store().putTags(original(id), Map.of("class", "gold"));
    }

    void open(VersionId id) {
        paris.store().putAcl(original(id), AclWrite.canned("public-read"));
    }

    void retain(VersionId id) {
        paris.store()
                .putRetention(
                        new ObjectVersion(key, id),
                        "GOVERNANCE",
                        clock.instant().plus(Duration.ofDays(1)));
    }

    ObjectCreated created(VersionId id, long sequencer) {
        var head = (HeadAnswer.Present) paris.store().head(original(id));
        return created(id, sequencer, head.head().sizeBytes());
    }

    ObjectCreated created(VersionId id, long sequencer, long sizeBytes) {
        return new ObjectCreated(occurrence(id, sequencer, "ObjectCreated:Put"), sizeBytes, null);
    }

    DeleteMarkerCreated marker(VersionId id, long sequencer) {
        return new DeleteMarkerCreated(occurrence(id, sequencer, "ObjectRemoved:DeleteMarkerCreated"));
    }

    VersionRemoved removed(VersionId id) {
        return new VersionRemoved(occurrence(id, 1L, "ObjectRemoved:Delete"));
    }

    MetadataChanged changed(VersionId id, Aspect aspect, String name) {
        return new MetadataChanged(occurrence(id, null, name), aspect);
    }

    private Occurrence occurrence(VersionId id, @Nullable Long sequencer, String name) {
        var order = sequencer == null ? null : new Sequencer("%08X".formatted(sequencer));
        return new Occurrence(key, id, clock.instant(), order, null, name, Cause.REQUEST);
    }

    /** The event that a resync makes of a version. */
    BucketEvent resynced() {
        return KeyResync.events(paris.store(), key, rule.id(), false).getFirst();
    }

    void denyAtSource(String... actions) {
        paris.deny(originals, actions);
    }

    void denyAtDestination(String action) {
        frankfurt.deny(replicas, action);
    }

    /** How many versions and markers the replica key holds. */
    int replicas() {
        return frankfurt.store().stack(replica()).layers().size();
    }

    /** What is found out once for each bucket is known from now on. */
    void warmUp() {
        var counted = key;
        key = new ObjectKey(originals, "a/first");
        var late = created(put("one"), 1);
        run(created(put("two"), 2));
        run(late);
        key = counted;
    }

    private OperationRunner runner() {
        var transfer = new TransferSettings(thresholdBytes, PART_BYTES, 3, 4L * PART_BYTES);
        var again = new RetrySettings(Duration.ofMillis(1), Duration.ofMillis(4), 40, 3);
        var gates = new Gates(
                new Breakers(BreakerSettings.DEFAULT, clock), new ConcurrencyLimits(ConcurrencySettings.DEFAULT, 100));
        return new OperationRunner(
                new Planner(TwoSides.KEYS, Set.of()),
                new ExecuteSettings(transfer, again, Duration.ofMinutes(1), ownerCheckEvery),
                gates,
                new InMemoryUploadLedger(),
                new OutcomeObserver() {
                    @Override
                    public void retried(Operation operation, FailureReason reason) {
                        retries.add(reason);
                    }
                },
                clock,
                new Random(1));
    }

    /** Runs the event's operation; the first one in a process that knows nothing yet. */
    Outcome run(BucketEvent event) {
        if (runner == null) {
            runner = runner();
        }
        var replica = replica();
        var assignment = new Assignment(
                event, rule, replica, History.FULL, AclPolicy.COPY, destination.capabilities(), true, WayBack.NONE);
        var operation = new Operation(
                new OperationId(new StreamPosition("events", 0, offset++), rule.id()), event, replica, clock.instant());
        var route = new Route(
                assignment,
                new Endpoint("paris", paris.store(), SOURCE_ACCOUNT),
                new Endpoint("frankfurt", destination, DESTINATION_ACCOUNT));
        try {
            return switch (runner.run(operation, 0, route, _ -> {})) {
                case RunEnd.Ended(var outcome) -> outcome;
                case RunEnd.Stuck stuck -> throw new AssertionError("stuck: " + stuck);
            };
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void resetCounts() {
        paris.counts().reset();
        frankfurt.counts().reset();
    }

    Map<String, Long> requestsAtSource() {
        return ofObjects(paris);
    }

    Map<String, Long> requestsAtDestination() {
        return ofObjects(frankfurt);
    }

    /** Without the questions about the bucket itself. */
    private static Map<String, Long> ofObjects(SandboxFixture store) {
        var requests = new TreeMap<>(store.counts().byOperation());
        requests.keySet()
                .removeIf(operation -> operation.startsWith("GetBucket")
                        || List.of("HeadBucket", "GetObjectLockConfiguration", "GetPublicAccessBlock")
                                .contains(operation));
        return requests;
    }
}

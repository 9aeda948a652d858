package io.tidelock.replicator.store;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.StoredLayer.StoredMarker;
import io.tidelock.replicator.store.StoredLayer.StoredVersion;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that keeps the port's promises: versions, null versions, markers, conditions, multipart, tags,
 * owners, encryption. Tests set its world up through {@link #world()}, count its calls, and hook into them.
 */
public final class InMemoryObjectStore implements ObjectStore {
    private final InMemoryWorld world;
    private final String name;
    private final String account;
    private final InMemoryVersions versions;
    private final InMemoryWriter writer;
    private final StoreCalls calls;
    private final InMemoryUploads uploads = new InMemoryUploads();
    private volatile boolean closed;
    private volatile int connectionsMax = Integer.MAX_VALUE;
    private volatile boolean conditionalWrites = true;
    private volatile boolean compositeETags = true;
    private volatile boolean copiesWhole = true;

    /**
     * @param name the configured name, which the buckets of its keys must carry
     * @param account the canonical id of who writes through it
     */
    public InMemoryObjectStore(String name, String account, InstantSource clock) {
        this.name = name;
        this.account = account;
        this.world = new InMemoryWorld(name, account, clock);
        this.versions = new InMemoryVersions(world, name);
        this.writer = new InMemoryWriter(world, versions, account);
        this.calls = new StoreCalls(world);
    }

    /** What tests do to the store behind the port's back. */
    public InMemoryWorld world() {
        return world;
    }

    /** Sees every call from now on. */
    public void hook(StoreHook hook) {
        calls.hook(hook);
    }

    /** How often each action was called, failures included. */
    public Map<StoreCall, Integer> counts() {
        return calls.counts();
    }

    /** How often one action was called. */
    public int count(StoreCall call) {
        return calls.counts().getOrDefault(call, 0);
    }

    /** All calls from now on are counted from zero. */
    public void resetCounts() {
        calls.reset();
    }

    public boolean isClosed() {
        return closed;
    }

    /** Says from now on that so many requests can be under way at once; does not enforce it. */
    public void connectionsMax(int most) {
        connectionsMax = most;
    }

    /** From now on what is uploaded in parts has neither tags nor lock, as in Ceph. */
    public void dropFromUploads() {
        writer.dropFromUploads();
    }

    /** Makes the ETags of parts, and of versions in parts, of something else than MD5s from now on, and promises no others. */
    public void oddETags() {
        compositeETags = false;
    }

    @Override
    public int connectionsMax() {
        return connectionsMax;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                conditionalWrites, true, true, writer.keepsAllOfUploads(), true, compositeETags, copiesWhole);
    }

    /** From now on it copies nothing within itself, as Ceph is not asked to. */
    public void copiesNothing() {
        copiesWhole = false;
        calls.refuse(StoreCall.CopyObject, StoreCall.UploadPartCopy);
    }

    /** Lets it ignore the conditions of writes. */
    public void ignoreConditions() {
        conditionalWrites = false;
    }

    @Override
    public HeadAnswer head(ObjectKey object) {
        return calls.make(StoreCall.HeadObject, object.key(), () -> {
            var bucket = versions.find(object.bucket());
            return InMemoryVersions.answer(object, bucket.flatMap(found -> found.current(object.key())));
        });
    }

    @Override
    public HeadAnswer head(ObjectVersion version) {
        return calls.make(StoreCall.HeadObject, version.object().key(), () -> {
            var key = version.object().key();
            var bucket = versions.find(version.object().bucket());
            return InMemoryVersions.answer(version.object(), bucket.flatMap(found -> found.find(key, version.id())));
        });
    }

    @Override
    public Optional<Multipart.Told> partOf(ObjectVersion version, int number) {
        var key = version.object().key();
        return calls.make(
                StoreCall.HeadObject,
                key,
                () -> versions.bucket(StoreCall.HeadObject, version.object().bucket())
                        .find(key, version.id())
                        .flatMap(layer -> layer.part(number)));
    }

    @Override
    public VersionStack stack(ObjectKey object) {
        return calls.make(
                StoreCall.ListObjectVersions,
                object.key(),
                () -> new VersionStack(
                        object,
                        versions.bucket(StoreCall.ListObjectVersions, object.bucket()).stack(object.key()).stream()
                                .map(StoredLayer::layer)
                                .toList()));
    }

    @Override
    public OpenObject open(ObjectVersion version, @Nullable ByteRange range, @Nullable String ifMatch) {
        var found = calls.make(StoreCall.GetObject, version.object().key(), () -> {
            return InMemoryVersions.readable(
                    StoreCall.GetObject, versions.data(StoreCall.GetObject, version, ifMatch), "InvalidObjectState");
        });
        int from = range == null ? 0 : (int) range.offset();
        int length = range == null ? found.bytes().length : (int) range.lengthBytes();
        if (from + length > found.bytes().length) {
            throw failure(StoreFailure.INVALID_REQUEST, StoreCall.GetObject, "InvalidRange");
        }
        calls.middle(StoreCall.GetObject, version.object().key());
        return new OpenObject(
                found.head(version.object()), new ByteArrayInputStream(found.bytes(), from, length), length);
    }

    @Override
    public Map<String, String> tags(ObjectVersion version) {
        return calls.make(
                StoreCall.GetObjectTagging,
                version.object().key(),
                () -> versions.data(StoreCall.GetObjectTagging, version).tags());
    }

    @Override
    public ObjectAcl acl(ObjectVersion version) {
        return calls.make(
                StoreCall.GetObjectAcl,
                version.object().key(),
                () -> versions.data(StoreCall.GetObjectAcl, version).acl());
    }

    @Override
    public Written put(ReplicaWrite write, InputStream body) {
        var bytes = calls.read(StoreCall.PutObject, write.destination().key(), body, write.sizeBytes());
        return calls.make(StoreCall.PutObject, write.destination().key(), () -> {
            var checksum = write.checksum();
            if (checksum != null && !checksum.composite()) {
                Digests.requireSame(StoreCall.PutObject, checksum, bytes);
            }
            var kept = checksum == null || checksum.composite() ? Digests.checksum("CRC32", bytes) : checksum;
            return writer.store(StoreCall.PutObject, write, bytes, Digests.eTag(bytes), kept, List.of());
        });
    }

    @Override
    public Written copy(ObjectVersion source, @Nullable String ifMatch, ReplicaWrite write) {
        return calls.make(StoreCall.CopyObject, write.destination().key(), () -> {
            var data = InMemoryVersions.readable(
                    StoreCall.CopyObject,
                    versions.data(StoreCall.CopyObject, source, ifMatch),
                    "ObjectNotInActiveTierError");
            return writer.store(
                    StoreCall.CopyObject,
                    write,
                    data.bytes(),
                    Digests.eTag(data.bytes()),
                    Digests.checksum("CRC32", data.bytes()),
                    List.of());
        });
    }

    @Override
    public Multipart.Upload startUpload(ReplicaWrite write) {
        return calls.make(StoreCall.CreateMultipartUpload, write.destination().key(), () -> {
            var bucket = versions.bucket(
                    StoreCall.CreateMultipartUpload, write.destination().bucket());
            world.requireKey(StoreCall.CreateMultipartUpload, write.encryption());
            var id = "upload-" + name + "-" + world.nextNumber();
            var md5s = compositeETags && !(InMemoryWriter.encryption(bucket, write) instanceof Encryption.SseKms);
            return uploads.start(id, write, world.now(), md5s);
        });
    }

    @Override
    public Multipart.Part uploadPart(Multipart.Upload upload, int number, InputStream body, long lengthBytes) {
        var key = upload.write().destination().key();
        var bytes = calls.read(StoreCall.UploadPart, key, body, lengthBytes);
        return calls.make(
                StoreCall.UploadPart,
                key,
                () -> uploads.of(StoreCall.UploadPart, upload).add(number, bytes));
    }

    @Override
    public Multipart.Part copyPart(
            Multipart.Upload upload, int number, ObjectVersion source, @Nullable String ifMatch, ByteRange range) {
        return calls.make(StoreCall.UploadPartCopy, upload.write().destination().key(), () -> {
            var bytes = InMemoryVersions.readable(
                            StoreCall.UploadPartCopy,
                            versions.data(StoreCall.UploadPartCopy, source, ifMatch),
                            "ObjectNotInActiveTierError")
                    .bytes();
            var from = (int) range.offset();
            return uploads.of(StoreCall.UploadPartCopy, upload)
                    .add(number, Arrays.copyOfRange(bytes, from, from + (int) range.lengthBytes()));
        });
    }

    @Override
    public Written completeUpload(Multipart.Upload upload, List<Multipart.Part> parts) {
        var write = upload.write();
        return calls.make(StoreCall.CompleteMultipartUpload, write.destination().key(), () -> {
            var whole = uploads.complete(upload, parts);
            var checksum = write.checksum();
            var written = writer.store(
                    StoreCall.CompleteMultipartUpload,
                    write,
                    whole.bytes(),
                    whole.eTag(),
                    checksum == null || checksum.composite() ? null : checksum,
                    whole.parts());
            uploads.remove(upload.uploadId());
            return written;
        });
    }

    @Override
    public List<Multipart.Kept> parts(Multipart.Upload upload) {
        return calls.make(
                StoreCall.ListParts,
                upload.write().destination().key(),
                () -> uploads.of(StoreCall.ListParts, upload).kept());
    }

    @Override
    public void uploads(Bucket bucket, Consumer<Multipart.Open> each) {
        calls.make(StoreCall.ListMultipartUploads, bucket.name(), () -> uploads.all(bucket))
                .forEach(each);
    }

    @Override
    public void abortUpload(ObjectKey object, String uploadId) {
        calls.make(StoreCall.AbortMultipartUpload, object.key(), () -> {
            var aborted = uploads.of(StoreCall.AbortMultipartUpload, uploadId);
            uploads.remove(uploadId);
            return aborted;
        });
    }

    /** How many uploads were started and neither completed nor aborted. */
    public int openUploads() {
        synchronized (world) {
            return uploads.size();
        }
    }

    @Override
    public VersionId putDeleteMarker(ObjectKey object, Precondition precondition) {
        return calls.make(StoreCall.DeleteObject, object.key(), () -> {
            var bucket = versions.bucket(StoreCall.DeleteObject, object.bucket());
            bucket.requireHolds(StoreCall.DeleteObject, object.key(), precondition);
            if (bucket.versioning == Versioning.OFF) {
                bucket.removeAll(object.key());
                return VersionId.NULL;
            }
            var id = world.nextId(bucket);
            bucket.push(object.key(), new StoredMarker(id, world.now()));
            return id;
        });
    }

    @Override
    public void putTags(ObjectVersion version, Map<String, String> tags) {
        change(StoreCall.PutObjectTagging, version, (_, data) -> data.withTags(Map.copyOf(tags)));
    }

    @Override
    public void putAcl(ObjectVersion version, AclWrite acl) {
        change(StoreCall.PutObjectAcl, version, (bucket, data) -> {
            InMemoryAccess.written(StoreCall.PutObjectAcl, bucket, account, acl);
            return data.withAcl(InMemoryAccess.asked(data.acl().owner(), acl));
        });
    }

    @Override
    public void putRetention(ObjectVersion version, String mode, Instant until) {
        change(StoreCall.PutObjectRetention, version, (bucket, data) -> {
            var lock = InMemoryAccess.retained(data.lock(), mode, until, world.now());
            InMemoryAccess.requireLockable(StoreCall.PutObjectRetention, bucket, lock, world.now());
            return data.withLock(lock);
        });
    }

    @Override
    public void hardenRetention(ObjectVersion version, Instant until) {
        putRetention(version, "COMPLIANCE", until);
    }

    @Override
    public void putLegalHold(ObjectVersion version) {
        change(StoreCall.PutObjectLegalHold, version, (bucket, data) -> {
            var lock = new ObjectLock(data.lock().mode(), data.lock().retainUntil(), true);
            InMemoryAccess.requireLockable(
                    StoreCall.PutObjectLegalHold, bucket, new ObjectLock(null, null, true), world.now());
            return data.withLock(lock);
        });
    }

    private void change(
            StoreCall call, ObjectVersion version, BiFunction<InMemoryBucket, StoredVersion, StoredVersion> change) {
        calls.make(call, version.object().key(), () -> {
            var bucket = versions.bucket(call, version.object().bucket());
            var changed = change.apply(bucket, versions.data(call, version));
            bucket.replace(version.object().key(), version.id(), _ -> changed);
            return changed;
        });
    }

    @Override
    public Optional<String> replicationConfiguration(Bucket bucket) {
        return calls.make(
                StoreCall.GetBucketReplication,
                bucket.name(),
                () -> Optional.ofNullable(
                        versions.bucket(StoreCall.GetBucketReplication, bucket).replicationConfiguration));
    }

    @Override
    public BucketFacts inspect(Bucket bucket) {
        return calls.make(StoreCall.GetBucketVersioning, bucket.name(), () -> {
            var found = versions.bucket(StoreCall.GetBucketVersioning, bucket);
            return new BucketFacts(
                    world.region(), found.versioning, found.ownership, found.objectLock, false, found.retainsByDefault);
        });
    }

    @Override
    public void close() {
        closed = true;
    }

    static StoreException failure(StoreFailure failure, StoreCall call, String detail) {
        return new StoreException(failure, call.name(), detail, null);
    }
}

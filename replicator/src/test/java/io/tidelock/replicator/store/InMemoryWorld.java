package io.tidelock.replicator.store;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.StoredLayer.StoredMarker;
import io.tidelock.replicator.store.StoredLayer.StoredVersion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** What tests do to an in-memory store without the port: buckets, keys, and what only a bucket's own users do. */
public final class InMemoryWorld {
    private final String store;
    private final String account;
    private final InstantSource clock;
    private final Map<String, InMemoryBucket> buckets = new HashMap<>();
    private final Map<String, Boolean> kmsKeys = new HashMap<>();
    private LongFunction<String> ids;
    private long number;
    private Instant last = Instant.EPOCH;

    InMemoryWorld(String store, String account, InstantSource clock) {
        this.store = store;
        this.account = account;
        this.clock = clock;
        ids = made -> store + "-" + made;
    }

    /** From now on the ids of versions and markers are these; each is asked for with the next number. */
    public synchronized void ids(LongFunction<String> spelled) {
        ids = spelled;
    }

    /** Makes a bucket that the store's own account owns. */
    public synchronized Bucket createBucket(String name, Versioning versioning) {
        buckets.put(name, new InMemoryBucket(versioning));
        return new Bucket(store, name);
    }

    public synchronized void removeBucket(Bucket bucket) {
        buckets.remove(bucket.name());
    }

    public synchronized void versioning(Bucket bucket, Versioning versioning) {
        settings(bucket).versioning = versioning;
    }

    /** Whether and how the bucket has ACLs. */
    public synchronized void ownership(Bucket bucket, String ownership) {
        settings(bucket).ownership = ownership;
    }

    /** Gives a bucket to another account. */
    public synchronized void owner(Bucket bucket, String owner, String ownership) {
        settings(bucket).owner = owner;
        settings(bucket).ownership = ownership;
    }

    public synchronized void defaultEncryption(Bucket bucket, Encryption encryption) {
        settings(bucket).defaultEncryption = encryption;
    }

    public synchronized void objectLock(Bucket bucket) {
        settings(bucket).objectLock = true;
    }

    /** From now on the bucket says that it retains what is written without a retention of its own. */
    public synchronized void retainsByDefault(Bucket bucket) {
        settings(bucket).retainsByDefault = true;
    }

    public synchronized void replicationConfiguration(Bucket bucket, String xml) {
        settings(bucket).replicationConfiguration = xml;
    }

    /** Makes a KMS key known; a disabled one refuses. Without any call no key exists. */
    public synchronized void kmsKey(String arn, boolean enabled) {
        kmsKeys.put(arn, enabled);
    }

    /** Writes a version as a user of the bucket does. */
    public VersionId put(ObjectKey object, byte[] bytes) {
        return put(object, bytes, Map.of(), Map.of());
    }

    /** Writes a version with metadata and tags as a user of the bucket does. */
    public VersionId put(ObjectKey object, byte[] bytes, Map<String, String> metadata, Map<String, String> tags) {
        return put(object, bytes, metadata, tags, new Encryption.None(), "STANDARD");
    }

    /** Writes a version with everything that a user may choose. */
    public synchronized VersionId put(
            ObjectKey object,
            byte[] bytes,
            Map<String, String> metadata,
            Map<String, String> tags,
            Encryption encryption,
            String storageClass) {
        var bucket = settings(object.bucket());
        var id = nextId(bucket);
        bucket.push(
                object.key(),
                new StoredVersion(
                        id,
                        now(),
                        bytes.clone(),
                        Digests.eTag(bytes),
                        ContentHeaders.NONE,
                        Map.copyOf(metadata),
                        Map.copyOf(tags),
                        storageClass,
                        encryption,
                        Digests.checksum("CRC32", bytes),
                        List.of(),
                        ObjectLock.NONE,
                        InMemoryAccess.asked(account, AclWrite.DEFAULT)));
        return id;
    }

    /** Locks a version as a user may who is allowed to bypass governance. */
    public synchronized void lock(ObjectVersion version, ObjectLock lock) {
        settings(version.object().bucket())
                .replace(
                        version.object().key(),
                        version.id(),
                        layer -> layer instanceof StoredVersion data ? data.withLock(lock) : layer);
    }

    /** Gives a version an ACL as its owner may. */
    public synchronized void acl(ObjectVersion version, AclWrite acl) {
        settings(version.object().bucket())
                .replace(
                        version.object().key(),
                        version.id(),
                        layer -> layer instanceof StoredVersion data
                                ? data.withAcl(InMemoryAccess.asked(data.acl().owner(), acl))
                                : layer);
    }

    /** Deletes without a version id, as a user of the bucket does. */
    public synchronized VersionId delete(ObjectKey object) {
        var bucket = settings(object.bucket());
        var id = nextId(bucket);
        bucket.push(object.key(), new StoredMarker(id, now()));
        return id;
    }

    /** Removes one version or marker for good. */
    public synchronized boolean remove(ObjectVersion version) {
        return settings(version.object().bucket()).remove(version.object().key(), version.id());
    }

    /** The bytes of a version, without counting as a call. */
    public synchronized byte[] bytes(ObjectVersion version) {
        return settings(version.object().bucket())
                .find(version.object().key(), version.id())
                .filter(StoredVersion.class::isInstance)
                .map(layer -> ((StoredVersion) layer).bytes().clone())
                .orElseThrow(() -> new IllegalArgumentException("no data at " + version));
    }

    /** All keys that hold anything, sorted. */
    public synchronized List<String> keys(Bucket bucket) {
        return settings(bucket).keys();
    }

    private InMemoryBucket settings(Bucket bucket) {
        return find(bucket.name()).orElseThrow(() -> new IllegalArgumentException("no bucket " + bucket));
    }

    Optional<InMemoryBucket> find(String name) {
        return Optional.ofNullable(buckets.get(name));
    }

    void requireKey(StoreCall call, Encryption encryption) {
        if (encryption instanceof Encryption.SseKms kms && kms.keyArn() != null) {
            var enabled = kmsKeys.get(kms.keyArn());
            if (enabled == null) {
                throw InMemoryObjectStore.failure(StoreFailure.KMS_KEY_NOT_FOUND, call, "KMS.NotFoundException");
            }
            if (!enabled) {
                throw InMemoryObjectStore.failure(StoreFailure.KMS_KEY_INVALID_STATE, call, "KMS.DisabledException");
            }
        }
        if (encryption instanceof Encryption.SseC(var keyMd5) && (keyMd5 == null || keyMd5.isEmpty())) {
            throw InMemoryObjectStore.failure(StoreFailure.CUSTOMER_KEY_NEEDED, call, "SSE-C needs a key");
        }
    }

    VersionId nextId(InMemoryBucket bucket) {
        return bucket.versioning == Versioning.ENABLED ? new VersionId(ids.apply(nextNumber())) : VersionId.NULL;
    }

    long nextNumber() {
        return ++number;
    }

    /** Never earlier than what was written before. */
    Instant now() {
        var now = clock.instant();
        last = now.isAfter(last) ? now : last;
        return last;
    }

    String region() {
        return "memory-1";
    }
}

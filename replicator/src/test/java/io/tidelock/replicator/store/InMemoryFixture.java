package io.tidelock.replicator.store;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The in-memory store as a server under test. */
final class InMemoryFixture implements StoreFixture {
    private static final KmsKeys KEYS = new KmsKeys(
            "arn:aws:kms:memory-1:111122223333:key/enabled",
            "arn:aws:kms:memory-1:111122223333:key/disabled",
            "arn:aws:kms:memory-1:111122223333:key/unknown");

    private final AtomicInteger buckets = new AtomicInteger();
    private final InMemoryObjectStore store = new InMemoryObjectStore("memory", "account-a", InstantSource.system());

    InMemoryFixture() {
        store.world().kmsKey(KEYS.enabled(), true);
        store.world().kmsKey(KEYS.disabled(), false);
    }

    @Override
    public InMemoryObjectStore store() {
        return store;
    }

    @Override
    public Bucket newBucket(Versioning versioning) {
        return store.world().createBucket("bucket-" + buckets.incrementAndGet(), versioning);
    }

    @Override
    public Bucket newLockableBucket() {
        var bucket = newBucket(Versioning.ENABLED);
        store.world().objectLock(bucket);
        return bucket;
    }

    @Override
    public void setOwnership(Bucket bucket, String ownership) {
        store.world().ownership(bucket, ownership);
    }

    @Override
    public Bucket noBucket() {
        return new Bucket("memory", "no-such-bucket");
    }

    @Override
    public void setVersioning(Bucket bucket, Versioning versioning) {
        store.world().versioning(bucket, versioning);
    }

    @Override
    public void remove(ObjectVersion version) {
        store.world().remove(version);
    }

    @Override
    public void delete(ObjectKey object) {
        store.world().delete(object);
    }

    @Override
    public VersionId putWithCustomerKey(ObjectKey object, byte[] body) {
        return store.world().put(object, body, Map.of(), Map.of(), new Encryption.SseC(null), "STANDARD");
    }

    @Override
    public void setReplicationConfiguration(Bucket bucket, String xml) {
        store.world().replicationConfiguration(bucket, xml);
    }

    @Override
    public KmsKeys kmsKeys() {
        return KEYS;
    }

    @Override
    public String ownerId() {
        return "account-a";
    }

    @Override
    public String guestId() {
        return "account-b";
    }

    @Override
    public Map<String, String> exclusions() {
        return Map.of();
    }

    @Override
    public void close() {
        store.close();
    }
}

package io.tidelock.replicator.store;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.util.Map;

/** What a contract needs of a store beyond the port: buckets, and what only a bucket's users do. */
public interface StoreFixture extends AutoCloseable {
    ObjectStore store();

    /** A new empty bucket. */
    Bucket newBucket(Versioning versioning);

    /** A new empty versioned bucket whose versions can be locked. */
    Bucket newLockableBucket();

    /**
     * Whether and how the bucket has ACLs: {@code BucketOwnerEnforced} or {@code ObjectWriter}. Nothing keeps the public out afterwards.
     */
    void setOwnership(Bucket bucket, String ownership);

    /** A bucket that does not exist, in the same store. */
    Bucket noBucket();

    void setVersioning(Bucket bucket, Versioning versioning);

    /** Removes one version or marker for good. */
    void remove(ObjectVersion version);

    /** Deletes without a version id. */
    void delete(ObjectKey object);

    /** Writes a version that is encrypted with a key of the user's own (SSE-C). */
    VersionId putWithCustomerKey(ObjectKey object, byte[] body);

    /** Stores a replication configuration on the bucket. */
    void setReplicationConfiguration(Bucket bucket, String xml);

    /** A KMS key that works, and the region's keys that do not. */
    KmsKeys kmsKeys();

    /** The canonical id that owns what the store writes. */
    String ownerId();

    /** The canonical id of another account that exists. */
    String guestId();

    /** Tests of the contract, by method name, that this server fails, each with the server's fault. */
    Map<String, String> exclusions();

    @Override
    void close();

    /** ARNs of keys. */
    record KmsKeys(String enabled, String disabled, String unknown) {}
}

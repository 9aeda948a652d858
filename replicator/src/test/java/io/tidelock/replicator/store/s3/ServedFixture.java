package io.tidelock.replicator.store.s3;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.StoreFixture;

/** A server whose buckets a plain client of the SDK makes and changes. */
abstract class ServedFixture implements StoreFixture {
    abstract BucketUser user();

    @Override
    public Bucket newBucket(Versioning versioning) {
        return user().newBucket(versioning);
    }

    @Override
    public Bucket newLockableBucket() {
        return user().newLockableBucket();
    }

    @Override
    public void setOwnership(Bucket bucket, String ownership) {
        user().setOwnership(bucket, ownership);
    }

    @Override
    public VersionId putWithCustomerKey(ObjectKey object, byte[] body) {
        return user().putWithCustomerKey(object, body);
    }

    @Override
    public Bucket noBucket() {
        return user().noBucket();
    }

    @Override
    public void setVersioning(Bucket bucket, Versioning versioning) {
        user().setVersioning(bucket, versioning);
    }

    @Override
    public void remove(ObjectVersion version) {
        user().remove(version);
    }

    @Override
    public void delete(ObjectKey object) {
        user().delete(object);
    }
}

package io.tidelock.replicator.store.s3;

import io.tidelock.domain.Bucket;
import io.tidelock.replicator.store.KnownFaults;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.sandbox.ceph.CephCluster;
import java.io.IOException;
import java.util.Map;

/** A RADOS gateway of Ceph, as a process of its own. */
final class CephFixture extends ServedFixture {
    private final CephCluster ceph;
    private final BucketUser user;
    private final S3ObjectStore store;

    CephFixture() {
        try {
            ceph = CephCluster.start(CephCluster.script().orElseThrow());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Ceph does not start", e);
        }
        var region = ceph.paris();
        var key = ceph.source().key();
        user = new BucketUser("ceph", region.endpoint(), region.name(), key.id(), key.secret(), false);
        store = new S3ObjectStore(S3Settings.of(
                "ceph",
                Vendor.CEPH,
                region.name(),
                region.endpoint(),
                new S3Credentials.Static(key.id(), key.secret())));
    }

    @Override
    BucketUser user() {
        return user;
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    /** The writer owns what it writes, in every bucket; there is nothing to choose. */
    @Override
    public void setOwnership(Bucket bucket, String ownership) {
        if (!ownership.equals("ObjectWriter")) {
            throw new UnsupportedOperationException("Ceph has no ownership controls");
        }
    }

    @Override
    public void setReplicationConfiguration(Bucket bucket, String xml) {
        user.setReplication(bucket, xml);
    }

    /** Its keys are of its own configuration: they are there or they are not. */
    @Override
    public KmsKeys kmsKeys() {
        return new KmsKeys(ceph.sourceKmsKey(), "no-such-state", "no-such-key");
    }

    @Override
    public String ownerId() {
        return ceph.source().account();
    }

    @Override
    public String guestId() {
        return ceph.destination().account();
    }

    @Override
    public Map<String, String> exclusions() {
        return KnownFaults.of("ceph");
    }

    @Override
    public void close() {
        store.close();
        user.close();
        ceph.close();
    }
}

package io.tidelock.replicator.store;

import io.tidelock.domain.Checksum;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectLock;
import io.tidelock.replicator.store.StoredLayer.StoredVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes versions of what is written to the in-memory store. Guarded by the store's lock. */
final class InMemoryWriter {
    private final InMemoryWorld world;
    private final InMemoryVersions versions;
    private final String account;
    private volatile boolean keepsAllOfUploads = true;

    /** @param account the canonical id of who writes */
    InMemoryWriter(InMemoryWorld world, InMemoryVersions versions, String account) {
        this.world = world;
        this.versions = versions;
        this.account = account;
    }

    boolean keepsAllOfUploads() {
        return keepsAllOfUploads;
    }

    /** From now on what is uploaded in parts has neither tags nor lock. */
    void dropFromUploads() {
        keepsAllOfUploads = false;
    }

    Written store(
            StoreCall call,
            ReplicaWrite write,
            byte[] bytes,
            String eTag,
            @Nullable Checksum checksum,
            List<Long> parts) {
        var key = write.destination().key();
        var bucket = versions.bucket(call, write.destination().bucket());
        bucket.requireHolds(call, key, write.precondition());
        InMemoryAccess.requireLockable(call, bucket, write.lock(), world.now());
        var acl = InMemoryAccess.written(call, bucket, account, write.acl());
        var encryption = encryption(bucket, write);
        world.requireKey(call, encryption);
        var id = world.nextId(bucket);
        var storageClass = write.storageClass() == null ? "STANDARD" : write.storageClass();
        var kept = keepsAllOfUploads || parts.isEmpty();
        var version = new StoredVersion(
                id,
                world.now(),
                bytes,
                eTag,
                write.content(),
                write.userMetadata(),
                kept ? write.tags() : Map.of(),
                storageClass,
                encryption,
                checksum,
                parts,
                kept ? write.lock() : ObjectLock.NONE,
                acl);
        bucket.push(key, version);
        return new Written(id, eTag, encryption);
    }

    static Encryption encryption(InMemoryBucket bucket, ReplicaWrite write) {
        return write.encryption() instanceof Encryption.None ? bucket.defaultEncryption : write.encryption();
    }
}

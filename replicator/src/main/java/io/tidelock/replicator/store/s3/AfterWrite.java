package io.tidelock.replicator.store.s3;

import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.Written;

/**
 * Gives a version what the request that made it had no room for, and what its store dropped of the start of its upload. Each step is tried a few
 * times; after that whoever looks next has to see what the version lacks, as after a process that died.
 */
final class AfterWrite {
    private static final int ATTEMPTS_MAX = 3;

    private final S3ObjectStore store;
    private final ReplicaWrite write;
    private final ObjectVersion version;

    AfterWrite(S3ObjectStore store, ReplicaWrite write, Written written) {
        this.store = store;
        this.write = write;
        this.version = new ObjectVersion(write.destination(), written.id());
    }

    /** Of a version that one request made. */
    void put() {
        if (write.isFollowed()) {
            tags();
            grants();
        }
    }

    /**
     * Of a version that was uploaded in parts.
     *
     * @param keepsAll whether the store kept what the upload was started with
     */
    void completed(boolean keepsAll) {
        put();
        if (!keepsAll) {
            if (!write.isFollowed()) {
                tags();
            }
            lock();
        }
    }

    private void tags() {
        if (!write.tags().isEmpty()) {
            trying(() -> store.putTags(version, write.tags()));
        }
    }

    private void grants() {
        if (!write.acl().grants().isEmpty()) {
            trying(() -> store.putAcl(version, write.acl()));
        }
    }

    private void lock() {
        var mode = write.lock().mode();
        var until = write.lock().retainUntil();
        if (mode != null && until != null) {
            trying(() -> store.putRetention(version, mode, until));
        }
        if (write.lock().legalHold()) {
            trying(() -> store.putLegalHold(version));
        }
    }

    private static void trying(Runnable step) {
        for (int attempt = 1; ; attempt++) {
            try {
                step.run();
                return;
            } catch (StoreException e) {
                if (!e.failure().retryable() || attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }
}

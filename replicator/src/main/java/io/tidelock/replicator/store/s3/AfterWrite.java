package io.tidelock.replicator.store.s3;

import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.Written;

/**
 * Gives a version what the request that made it had no room for, and what its store dropped of the start of its upload. The version is there
 * already, so that trying all again would find nothing to write: each step is tried a few times, and then the failure is a final one that
 * somebody hears of.
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
            trying("PutObjectTagging", () -> store.putTags(version, write.tags()));
        }
    }

    private void grants() {
        if (!write.acl().grants().isEmpty()) {
            trying("PutObjectAcl", () -> store.putAcl(version, write.acl()));
        }
    }

    private void lock() {
        var mode = write.lock().mode();
        var until = write.lock().retainUntil();
        if (mode != null && until != null) {
            trying("PutObjectRetention", () -> store.putRetention(version, mode, until));
        }
        if (write.lock().legalHold()) {
            trying("PutObjectLegalHold", () -> store.putLegalHold(version));
        }
    }

    private void trying(String operation, Runnable step) {
        for (int attempt = 1; ; attempt++) {
            try {
                step.run();
                return;
            } catch (StoreException e) {
                if (!e.failure().retryable()) {
                    throw e;
                }
                if (attempt == ATTEMPTS_MAX) {
                    throw new StoreException(
                            StoreFailure.UNSUPPORTED,
                            operation,
                            "version " + version.id() + " is there without all that it was to have: " + e.getMessage(),
                            e);
                }
            }
        }
    }
}

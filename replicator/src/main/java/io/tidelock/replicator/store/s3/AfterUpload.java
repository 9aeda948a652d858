package io.tidelock.replicator.store.s3;

import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.Written;

/**
 * Gives a version what its store dropped of the start of its upload. The version is there already, so that trying all again would find nothing
 * to do: each step is tried a few times, and then the failure is a final one that somebody hears of.
 */
final class AfterUpload {
    private static final int ATTEMPTS_MAX = 3;

    private final S3ObjectStore store;

    AfterUpload(S3ObjectStore store) {
        this.store = store;
    }

    void complete(Multipart.Upload upload, Written written) {
        var write = upload.write();
        var version = new ObjectVersion(write.destination(), written.id());
        if (!write.tags().isEmpty()) {
            trying("PutObjectTagging", version, () -> store.putTags(version, write.tags()));
        }
        lock(write, version);
    }

    private void lock(ReplicaWrite write, ObjectVersion version) {
        var mode = write.lock().mode();
        var until = write.lock().retainUntil();
        if (mode != null && until != null) {
            trying("PutObjectRetention", version, () -> store.putRetention(version, mode, until));
        }
        if (write.lock().legalHold()) {
            trying("PutObjectLegalHold", version, () -> store.putLegalHold(version));
        }
    }

    private static void trying(String operation, ObjectVersion version, Runnable step) {
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
                            "version " + version.id() + " is there without what its upload was started with: "
                                    + e.getMessage(),
                            e);
                }
            }
        }
    }
}

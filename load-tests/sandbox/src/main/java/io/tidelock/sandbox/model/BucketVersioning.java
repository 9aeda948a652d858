package io.tidelock.sandbox.model;

import java.time.Instant;
import java.util.Optional;

/** Whether one bucket keeps versions, and what depends on that; not safe for threads, the bucket guards it. */
final class BucketVersioning {
    private final BucketSettings settings;
    private Versioning versioning = Versioning.NEVER;
    private Optional<ObjectLockRule> objectLock = Optional.empty();

    BucketVersioning(BucketSettings settings) {
        this.settings = settings;
    }

    Versioning now() {
        return versioning;
    }

    /**
     * Enables or suspends; a bucket that replicates or locks objects cannot be suspended (UG: Additional replication configurations; Object Lock
     * considerations).
     */
    void set(Versioning next) {
        if (next != Versioning.ENABLED && settings.replication().isPresent()) {
            throw new Refusal(
                    ErrorCode.INVALID_BUCKET_STATE,
                    "A replication configuration is present on this bucket, so the versioning state cannot be"
                            + " changed.");
        }
        if (next != Versioning.ENABLED && objectLock.isPresent()) {
            throw new Refusal(
                    ErrorCode.INVALID_BUCKET_STATE,
                    "An Object Lock configuration is present on this bucket, so the versioning state cannot be"
                            + " changed.");
        }
        versioning = next;
    }

    /** The lock configuration; empty where object lock is not enabled. */
    Optional<ObjectLockRule> objectLock() {
        return objectLock;
    }

    /** Enables object lock, for which versioning must be enabled and which is never disabled again (API: PutObjectLockConfiguration). */
    void setObjectLock(ObjectLockRule rule) {
        if (versioning != Versioning.ENABLED) {
            throw new Refusal(
                    ErrorCode.INVALID_BUCKET_STATE,
                    "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
        }
        objectLock = Optional.of(rule);
    }

    /** Stores a replication configuration, for which versioning must be enabled (API: PutBucketReplication). */
    void setReplication(Optional<String> next) {
        if (next.isPresent() && versioning != Versioning.ENABLED) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "Versioning must be 'Enabled' on the bucket to apply a replication configuration");
        }
        settings.setReplication(next);
    }

    /** The bucket's default retention where the writer asked for none (UG: Locking objects with Object Lock, default retention). */
    ObjectAttributes locked(ObjectAttributes attributes, Instant created) {
        return attributes.withLock(
                attributes.lock().orDefault(objectLock.flatMap(ObjectLockRule::defaultRetention), created));
    }
}

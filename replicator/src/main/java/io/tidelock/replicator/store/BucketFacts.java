package io.tidelock.replicator.store;

import org.jspecify.annotations.Nullable;

/**
 * A bucket as {@code tidelock check} sees it.
 *
 * @param region where the bucket says it is, or null when the store does not say
 * @param versioning state of versioning
 * @param ownership {@code BucketOwnerEnforced}, {@code BucketOwnerPreferred}, {@code ObjectWriter}, or null when unknown
 * @param objectLock whether object lock is on
 * @param objectLockHidden whether these credentials may not ask for that, so that it may be on
 * @param retainsByDefault whether it retains what is written to it without a retention of its own
 */
public record BucketFacts(
        @Nullable String region,
        Versioning versioning,
        @Nullable String ownership,
        boolean objectLock,
        boolean objectLockHidden,
        boolean retainsByDefault) {
    /** Versioning of a bucket. */
    public enum Versioning {
        ENABLED,
        SUSPENDED,
        OFF
    }
}

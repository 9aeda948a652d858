package io.tidelock.replicator.store;

/** Why a store refused or did not answer. */
public enum StoreFailure {
    /** No such key, version or upload. */
    NOT_FOUND(false),
    /** No such bucket. */
    BUCKET_NOT_FOUND(false),
    /** The bucket lives in another region than the store's settings say. */
    WRONG_REGION(false),
    /** The credentials may not do this. */
    DENIED(false),
    /** The credentials themselves are wrong, or may not be had (assume-role refused). */
    CREDENTIALS(false),
    /** The credentials cannot be had now, have just expired, or the clocks differ: the next ones may be good. */
    CREDENTIALS_UNAVAILABLE(true),
    /** The KMS key does not exist or may not be used. */
    KMS_KEY_NOT_FOUND(false),
    /** The KMS key is disabled or pending deletion. */
    KMS_KEY_INVALID_STATE(false),
    /** The version is archived and must be restored first. */
    ARCHIVED(false),
    /** The version is encrypted with a key that only its writer has (SSE-C, rule 29). */
    CUSTOMER_KEY_NEEDED(false),
    /** {@code If-Match} or {@code If-None-Match} did not hold, or a conflicting write is under way. */
    PRECONDITION(false),
    /** The bytes that arrived are not those that were sent. */
    CHECKSUM_MISMATCH(true),
    /** The store cannot do this at all. */
    UNSUPPORTED(false),
    /** The key has more versions and markers than are looked at. */
    TOO_MANY_VERSIONS(false),
    /** The store says the request is wrong. */
    INVALID_REQUEST(false),
    /** 503 SlowDown, KMS throttling and their kin. */
    THROTTLED(true),
    /** 5xx, refused or broken connections, time-outs. */
    UNAVAILABLE(true);

    private final boolean retryable;

    StoreFailure(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same request may succeed later without anybody changing anything. */
    public boolean retryable() {
        return retryable;
    }
}

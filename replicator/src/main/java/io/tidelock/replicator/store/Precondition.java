package io.tidelock.replicator.store;

/** What must still hold when a write takes effect. */
public sealed interface Precondition {
    /** Write whatever is there; for stores that honour no condition. */
    record Anything() implements Precondition {}

    /** {@code If-None-Match: *}: the key has no current object. */
    record Nothing() implements Precondition {}

    /** {@code If-Match}: the current object still has this ETag (without quotes). */
    record StillETag(String eTag) implements Precondition {}
}

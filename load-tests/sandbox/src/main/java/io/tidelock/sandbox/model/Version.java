package io.tidelock.sandbox.model;

import java.time.Instant;

/** One entry of a key's stack of versions. */
public sealed interface Version permits StoredVersion, DeleteMarker {
    /** The id of versions written while versioning is not enabled (UG: Using versioning in S3 buckets). */
    String NULL_ID = "null";

    String key();

    /** 32 opaque characters, or {@value #NULL_ID}. */
    String versionId();

    /** In whole seconds, as S3 shows it. */
    Instant lastModified();

    /** The canonical id of who wrote it, or of the bucket's owner where ownership says so at the time of writing. */
    String ownerId();

    String sequencer();

    default boolean isNull() {
        return versionId().equals(NULL_ID);
    }
}

package io.tidelock.domain;

import org.jspecify.annotations.Nullable;

/** Something that a bucket reported. An event is a hint; the version stack is the truth. */
public sealed interface BucketEvent {
    /** What all events say. */
    Occurrence occurrence();

    default ObjectKey object() {
        return occurrence().object();
    }

    /**
     * A version was written.
     *
     * @param sizeBytes the size that the event claims, or null; a hint only
     * @param eTag the ETag that the event claims, without quotes, or null; a hint only
     */
    record ObjectCreated(
            Occurrence occurrence,
            @Nullable Long sizeBytes,
            @Nullable String eTag) implements BucketEvent {}

    /** A delete without a version id put a delete marker on top. */
    record DeleteMarkerCreated(Occurrence occurrence) implements BucketEvent {}

    /** Something about an existing version changed, not its bytes. */
    record MetadataChanged(Occurrence occurrence, Aspect aspect) implements BucketEvent {}

    /** A version or a marker was removed for good; never propagated (rule 13). */
    record VersionRemoved(Occurrence occurrence) implements BucketEvent {}

    /** What a metadata change touched. */
    enum Aspect {
        TAGS,
        ACL,
        RETENTION,
        LEGAL_HOLD
    }
}

package io.tidelock.replicator.upload;

import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import java.time.Instant;

/**
 * A multipart upload that Tidelock has begun. It may be carried on as long as the same version would become the same
 * replica, in the same parts; which parts there are is asked of the store.
 *
 * @param replica what it will become a version of
 * @param source the version whose bytes it carries
 * @param sourceETag without quotes
 * @param sizeBytes of the whole version, at least 1
 * @param partBytes length of every part but the last, at least 1
 * @param revision of what the rule makes of the version: another one means another replica
 * @param at when it was begun or last carried on
 */
public record SavedUpload(
        ObjectKey replica,
        String uploadId,
        ObjectVersion source,
        String sourceETag,
        long sizeBytes,
        long partBytes,
        String revision,
        Instant at) {
    public SavedUpload {
        if (uploadId.isEmpty() || sizeBytes < 1 || partBytes < 1) {
            throw new IllegalArgumentException("an upload needs an id and sizes of at least 1, had \"" + uploadId
                    + "\", " + sizeBytes + " and " + partBytes);
        }
    }

    /** Whether both carry the same bytes to the same replica in the same parts. */
    public boolean isLike(SavedUpload other) {
        return withId(other).equals(other);
    }

    private SavedUpload withId(SavedUpload other) {
        return new SavedUpload(replica, other.uploadId, source, sourceETag, sizeBytes, partBytes, revision, other.at);
    }

    /** The same, carried on at that time. */
    public SavedUpload carriedOn(Instant now) {
        return new SavedUpload(replica, uploadId, source, sourceETag, sizeBytes, partBytes, revision, now);
    }
}

package io.tidelock.domain;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one HEAD or GET of a version tells.
 *
 * @param version which version answered
 * @param sizeBytes length of the whole object
 * @param eTag without quotes
 * @param lastModified when the store says it was written
 * @param userMetadata names in lower case without {@code x-amz-meta-}
 * @param tagCount how many tags it has; 0 when the store does not say
 * @param storageClass never empty; {@code STANDARD} when the store does not say
 * @param checksum what the store keeps, or null
 * @param replicationStatus {@code x-amz-replication-status}, or null
 * @param partsCount number of parts it was uploaded in, or null when the store did not say
 * @param restored whether an archived version is readable now
 * @param lock retention and hold, or {@link ObjectLock#NONE}
 */
public record ObjectHead(
        ObjectVersion version,
        long sizeBytes,
        String eTag,
        Instant lastModified,
        ContentHeaders content,
        Map<String, String> userMetadata,
        int tagCount,
        String storageClass,
        Encryption encryption,
        @Nullable Checksum checksum,
        @Nullable String replicationStatus,
        @Nullable Integer partsCount,
        boolean restored,
        ObjectLock lock) {
    public ObjectHead {
        userMetadata = Map.copyOf(userMetadata);
    }
}

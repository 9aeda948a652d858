package io.tidelock.sandbox.model;

import io.tidelock.sandbox.body.Body;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A version that holds data.
 *
 * @param key the object key
 * @param versionId its id
 * @param lastModified when it was written; of an upload in parts, when that was begun
 * @param sequencer its place in the order of events
 * @param ownerId who owns it
 * @param eTag the ETag without quotes; not an MD5 with KMS or a customer's key (API: Object)
 * @param body its bytes
 * @param attributes what the writer said about it
 * @param checksum the checksum of the whole
 * @param parts its parts where it came in parts, otherwise empty
 * @param grants its ACL
 */
public record StoredVersion(
        String key,
        String versionId,
        Instant lastModified,
        String sequencer,
        String ownerId,
        String eTag,
        Body body,
        ObjectAttributes attributes,
        Optional<Checksum> checksum,
        List<Part> parts,
        List<Grant> grants)
        implements Version {
    public StoredVersion {
        parts = List.copyOf(parts);
        grants = List.copyOf(grants);
    }

    public long size() {
        return body.size();
    }

    StoredVersion withTags(Map<String, String> tags) {
        return with(ownerId, body, attributes.withTags(tags), grants);
    }

    StoredVersion withLock(VersionLock next) {
        return with(ownerId, body, attributes.withLock(next), grants);
    }

    StoredVersion withGrants(List<Grant> next) {
        return with(ownerId, body, attributes, next);
    }

    StoredVersion withOwner(String next) {
        return with(next, body, attributes, grants);
    }

    StoredVersion withBody(Body next) {
        return with(ownerId, next, attributes, grants);
    }

    private StoredVersion with(
            String nextOwner, Body nextBody, ObjectAttributes nextAttributes, List<Grant> nextGrants) {
        return new StoredVersion(
                key,
                versionId,
                lastModified,
                sequencer,
                nextOwner,
                eTag,
                nextBody,
                nextAttributes,
                checksum,
                parts,
                nextGrants);
    }
}

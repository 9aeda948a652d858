package io.tidelock.replicator.store;

import io.tidelock.domain.Checksum;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the in-memory store keeps for one version or marker. */
sealed interface StoredLayer {
    VersionId id();

    VersionStack.Layer layer();

    /** One of the parts that it was uploaded in. */
    default Optional<Multipart.Told> part(int number) {
        return Optional.empty();
    }

    /** A marker. */
    record StoredMarker(VersionId id, Instant lastModified) implements StoredLayer {
        @Override
        public VersionStack.Layer layer() {
            return new VersionStack.Marker(id, lastModified);
        }
    }

    /**
     * A version with its bytes.
     *
     * @param parts how long those are that it was uploaded in
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity, never changed
    record StoredVersion(
            VersionId id,
            Instant lastModified,
            byte[] bytes,
            String eTag,
            ContentHeaders content,
            Map<String, String> userMetadata,
            Map<String, String> tags,
            String storageClass,
            Encryption encryption,
            @Nullable Checksum checksum,
            List<Long> parts,
            ObjectLock lock,
            ObjectAcl acl)
            implements StoredLayer {
        @Override
        public VersionStack.Layer layer() {
            return new VersionStack.DataVersion(id, lastModified, eTag, bytes.length, storageClass);
        }

        ObjectHead head(ObjectKey object) {
            return new ObjectHead(
                    new ObjectVersion(object, id),
                    bytes.length,
                    eTag,
                    lastModified,
                    content,
                    userMetadata,
                    tags.size(),
                    storageClass,
                    encryption,
                    checksum,
                    null,
                    parts.isEmpty() ? null : parts.size(),
                    false,
                    lock);
        }

        @Override
        public Optional<Multipart.Told> part(int number) {
            return number > parts.size()
                    ? Optional.empty()
                    : Optional.of(new Multipart.Told(parts.get(number - 1), parts.size()));
        }

        StoredVersion withTags(Map<String, String> newTags) {
            return with(newTags, lock, acl);
        }

        StoredVersion withLock(ObjectLock newLock) {
            return with(tags, newLock, acl);
        }

        StoredVersion withAcl(ObjectAcl newAcl) {
            return with(tags, lock, newAcl);
        }

        private StoredVersion with(Map<String, String> newTags, ObjectLock newLock, ObjectAcl newAcl) {
            return new StoredVersion(
                    id,
                    lastModified,
                    bytes,
                    eTag,
                    content,
                    userMetadata,
                    newTags,
                    storageClass,
                    encryption,
                    checksum,
                    parts,
                    newLock,
                    newAcl);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }
    }
}

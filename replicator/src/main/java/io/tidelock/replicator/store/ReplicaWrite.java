package io.tidelock.replicator.store;

import io.tidelock.domain.Checksum;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A version to be written.
 *
 * @param destination where to
 * @param sizeBytes of the whole object
 * @param userMetadata names in lower case without {@code x-amz-meta-}
 * @param tags all tags, in the same request where the store can and there is room
 * @param storageClass the class to ask for, or null for the bucket's default
 * @param encryption {@link Encryption.None} sends no header, so that the bucket's default decides
 * @param acl the ACL to write with it, where there is room for its grants
 * @param checksum what the body must hash to, sent along when the destination can keep it, or null; of a composite one the algorithm, which
 *     the parts are hashed in
 * @param lock retention and hold to write with it
 * @param retained whether the destination will retain it, by this lock or by its own default: S3 then wants a checksum with every part
 * @param precondition what must still hold
 */
public record ReplicaWrite(
        ObjectKey destination,
        long sizeBytes,
        ContentHeaders content,
        Map<String, String> userMetadata,
        Map<String, String> tags,
        @Nullable String storageClass,
        Encryption encryption,
        AclWrite acl,
        @Nullable Checksum checksum,
        ObjectLock lock,
        boolean retained,
        Precondition precondition) {
    /** What S3 can keep of a whole object that is uploaded in parts (UG: Checking object integrity). */
    private static final Set<String> WHOLE_OF_PARTS = Set.of("CRC32", "CRC32C", "CRC64NVME");

    public ReplicaWrite {
        userMetadata = Map.copyOf(userMetadata);
        tags = Map.copyOf(tags);
        retained = retained || !lock.isNone();
    }

    /** A version to be written to a bucket that retains nothing by default. */
    public ReplicaWrite(
            ObjectKey destination,
            long sizeBytes,
            ContentHeaders content,
            Map<String, String> userMetadata,
            Map<String, String> tags,
            @Nullable String storageClass,
            Encryption encryption,
            AclWrite acl,
            @Nullable Checksum checksum,
            ObjectLock lock,
            Precondition precondition) {
        this(
                destination,
                sizeBytes,
                content,
                userMetadata,
                tags,
                storageClass,
                encryption,
                acl,
                checksum,
                lock,
                false,
                precondition);
    }

    /**
     * The checksum that a destination that keeps checksums holds the sum of all parts to, or null where it can hold it to none. Where the version will be retained it is never
     * CRC64NVME: every part must come with a checksum of the upload's algorithm then, and the SDK cannot make that one.
     */
    public @Nullable Checksum checksumOfParts() {
        if (checksum == null || checksum.composite() || !WHOLE_OF_PARTS.contains(checksum.algorithm())) {
            return null;
        }
        return checksum.algorithm().equals("CRC64NVME") && retained ? null : checksum;
    }

    /**
     * Whether its tags and grants go in requests of their own, after the one that makes the version, because the headers of that one have no room for them.
     */
    public boolean isFollowed() {
        return !(tags.isEmpty() && acl.grants().isEmpty()) && !HeaderRoom.holds(this);
    }

    /** The same with other user metadata. */
    public ReplicaWrite with(Map<String, String> metadata) {
        return with(metadata, precondition);
    }

    /** The same under another condition. */
    public ReplicaWrite with(Precondition condition) {
        return with(userMetadata, condition);
    }

    private ReplicaWrite with(Map<String, String> metadata, Precondition condition) {
        return new ReplicaWrite(
                destination,
                sizeBytes,
                content,
                metadata,
                tags,
                storageClass,
                encryption,
                acl,
                checksum,
                lock,
                retained,
                condition);
    }
}

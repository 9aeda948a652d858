package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.store.Capabilities;

/** Who made a store: a preset of what it cannot do. What Ceph does was seen at its release 16.2. */
public enum Vendor {
    /** Amazon S3: everything. */
    AWS,
    /** MinIO: everything that replicas need. */
    MINIO,
    /** Ceph RGW: everything that replicas need, but much of it in other ways. */
    CEPH,
    /** Any other store that follows S3's reference. */
    GENERIC;

    Capabilities capabilities() {
        return new Capabilities(
                conditionalWrites(), true, checksums(), keepsAllOfUploads(), sseS3(), compositeETags(), copiesWhole());
    }

    /** Whether a condition on a write holds in a versioned bucket; Ceph ignores it there. */
    boolean conditionalWrites() {
        return this != CEPH;
    }

    /** Whether it is known to honour {@code If-Match} on deletes; one that does not know it may refuse what carries it. */
    boolean conditionalDeletes() {
        return this == AWS;
    }

    /** Whether it takes checksum trailers in chunked bodies and keeps checksums; Ceph refuses the body. */
    boolean checksums() {
        return this != CEPH;
    }

    /** Whether it can be relied upon to encrypt with SSE-S3; Ceph ignores that in silence where it has no keys for it. */
    boolean sseS3() {
        return this != CEPH;
    }

    /**
     * Whether the ETag of an upload in parts is always made of the parts' MD5s, but for keys of KMS and of callers. MinIO makes up others where it is run
     * without regard to that.
     */
    boolean compositeETags() {
        return this == AWS || this == CEPH;
    }

    /**
     * Whether answers say that a delete marker is why a key is missing, and which version was written; Ceph says nothing of markers, and of a
     * completed upload not the ETag.
     */
    boolean tellsVersions() {
        return this != CEPH;
    }

    /**
     * Whether it encodes all of a listing when asked to, and says so; Ceph leaves the prefix as it is, which then cannot be decoded, and
     * encodes the keys of uploads without a word.
     */
    boolean encodesListings() {
        return this != CEPH;
    }

    /** Whether a version that is uploaded in parts keeps the tags and the lock of its start; Ceph drops both. */
    boolean keepsAllOfUploads() {
        return this != CEPH;
    }

    /**
     * Whether a copy inside the store becomes what it is asked to be; Ceph writes it unencrypted and untagged, and copies nothing that is
     * encrypted.
     */
    boolean copiesWhole() {
        return this != CEPH;
    }
}

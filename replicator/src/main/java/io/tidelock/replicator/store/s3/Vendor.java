package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.store.Capabilities;

/** Who made a store: a preset of what it cannot do. */
public enum Vendor {
    /** Amazon S3: everything. */
    AWS(true, true, true),
    /** MinIO: everything that replicas need. */
    MINIO(true, true, true),
    /**
     * Ceph RGW: refuses checksum trailers, ignores conditions on versioned buckets, does not say that a missing key is a
     * delete marker, nor which version a copy or a completed upload became.
     */
    CEPH(false, false, false),
    /** Any other store that follows S3's reference. */
    GENERIC(true, true, true);

    private final boolean conditionalWrites;
    private final boolean checksums;
    private final boolean tellsVersions;

    Vendor(boolean conditionalWrites, boolean checksums, boolean tellsVersions) {
        this.conditionalWrites = conditionalWrites;
        this.checksums = checksums;
        this.tellsVersions = tellsVersions;
    }

    Capabilities capabilities() {
        return new Capabilities(conditionalWrites, true, checksums);
    }

    /** Whether it takes checksum trailers in chunked bodies and keeps checksums. */
    boolean checksums() {
        return checksums;
    }

    /** Whether answers say that a delete marker is why a key is missing, and which version was written. */
    boolean tellsVersions() {
        return tellsVersions;
    }
}

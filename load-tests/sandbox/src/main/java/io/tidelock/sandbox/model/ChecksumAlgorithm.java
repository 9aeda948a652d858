package io.tidelock.sandbox.model;

import java.util.Locale;
import java.util.Optional;

/** The checksums that S3 keeps (UG: Checking object integrity). */
public enum ChecksumAlgorithm {
    CRC32(4),
    CRC32C(4),
    CRC64NVME(8),
    SHA1(20),
    SHA256(32);

    private final int bytes;

    ChecksumAlgorithm(int bytes) {
        this.bytes = bytes;
    }

    /** Length of the raw value. */
    public int bytes() {
        return bytes;
    }

    /** Whether the checksum of a whole follows from those of its parts. */
    public boolean linear() {
        return switch (this) {
            case CRC32, CRC32C, CRC64NVME -> true;
            case SHA1, SHA256 -> false;
        };
    }

    /** The header and trailer that carries it. */
    public String header() {
        return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
    }

    /** The element that carries it in a document. */
    public String element() {
        return "Checksum" + name();
    }

    public static Optional<ChecksumAlgorithm> of(String name) {
        for (var algorithm : values()) {
            if (algorithm.name().equalsIgnoreCase(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}

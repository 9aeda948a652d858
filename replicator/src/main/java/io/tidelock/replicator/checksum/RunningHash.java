package io.tidelock.replicator.checksum;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** A hash of what has gone by so far. Not thread-safe. */
public sealed interface RunningHash permits Digest, Crc {
    /** More goes by. */
    void update(byte[] bytes, int offset, int length);

    /** The hash of all so far, which can go on. */
    byte[] value();

    /** Another one that goes on from here. */
    RunningHash copy();

    /** S3's ETag of what came in one request, unless a key of KMS or the caller encrypts it. */
    @SuppressWarnings("StrongCryptographicUse") // S3's ETag is what it is
    static RunningHash md5() {
        return digest("MD5");
    }

    /** The hash that S3 names so, such as {@code CRC64NVME}; empty for a name that this version does not know. */
    @SuppressWarnings("StrongCryptographicUse") // what a source keeps is compared, nothing is protected by it
    static Optional<RunningHash> named(String algorithm) {
        return switch (algorithm) {
            case "SHA1" -> Optional.of(digest("SHA-1"));
            case "SHA256" -> Optional.of(digest("SHA-256"));
            default -> CrcAlgorithm.named(algorithm).map(Crc::new);
        };
    }

    private static RunningHash digest(String name) {
        try {
            return new Digest(MessageDigest.getInstance(name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
    }
}

package io.tidelock.replicator.store;

import io.tidelock.domain.Checksum;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The digests that S3 keeps, computed plainly. */
public final class Digests {
    private Digests() {}

    /** The ETag of a plain version. */
    public static String eTag(byte[] bytes) {
        return HexFormat.of().formatHex(md5(bytes));
    }

    /** The ETag of a version that was uploaded in these parts. */
    public static String eTagOfParts(List<byte[]> parts) {
        var md5s = new ByteArrayOutputStream();
        parts.forEach(part -> md5s.writeBytes(md5(part)));
        return eTag(md5s.toByteArray()) + "-" + parts.size();
    }

    public static byte[] md5(byte[] bytes) {
        return hash("MD5", bytes);
    }

    /** The checksum of a whole body by S3's name of the algorithm. */
    public static Checksum checksum(String algorithm, byte[] bytes) {
        var value = switch (algorithm) {
            case "CRC32" -> {
                var crc = new CRC32();
                crc.update(bytes);
                yield bigEndian(crc.getValue());
            }
            case "CRC32C" -> {
                var crc = new CRC32C();
                crc.update(bytes);
                yield bigEndian(crc.getValue());
            }
            case "CRC64NVME" ->
                ByteBuffer.allocate(Long.BYTES).putLong(crc64(bytes)).array();
            case "SHA1" -> hash("SHA-1", bytes);
            case "SHA256" -> hash("SHA-256", bytes);
            default -> throw new IllegalArgumentException("no checksum algorithm " + algorithm);
        };
        return new Checksum(algorithm, Base64.getEncoder().encodeToString(value), false);
    }

    /** Bit by bit, as the definition goes: from the lowest of each byte, beginning with ones, inverted at the end. */
    private static long crc64(byte[] bytes) {
        var remainder = -1L;
        for (var each : bytes) {
            remainder ^= each & 0xff;
            for (var bit = 0; bit < Byte.SIZE; bit++) {
                remainder = (remainder >>> 1) ^ ((remainder & 1) * 0x9A6C9329AC4BC9B5L);
            }
        }
        return ~remainder;
    }

    private static byte[] bigEndian(long crc) {
        return new byte[] {(byte) (crc >>> 24), (byte) (crc >>> 16), (byte) (crc >>> 8), (byte) crc};
    }

    private static byte[] hash(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void requireSame(StoreCall call, Checksum expected, byte[] bytes) {
        if (!expected.equals(checksum(expected.algorithm(), bytes))) {
            throw InMemoryObjectStore.failure(StoreFailure.CHECKSUM_MISMATCH, call, "BadDigest");
        }
    }
}

package io.tidelock.sandbox.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Computes a checksum over bytes as they come. */
public final class Checksums {
    private Checksums() {}

    /** One checksum in the making; used by one thread at a time. */
    public interface Running {
        /** Takes what remains of the buffer and leaves its position alone. */
        void update(ByteBuffer bytes);

        /** The raw value; ends the computation. */
        byte[] value();

        /** The value as S3 spells it. */
        default String base64() {
            return Base64.getEncoder().encodeToString(value());
        }

        default String hex() {
            return HexFormat.of().formatHex(value());
        }
    }

    public static Running start(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> zip(new CRC32());
            case CRC32C -> zip(new CRC32C());
            case CRC64NVME -> new Crc64Nvme();
            case SHA1 -> digest("SHA-1");
            case SHA256 -> digest("SHA-256");
        };
    }

    public static Running md5() {
        return digest("MD5");
    }

    private static Running zip(Checksum crc) {
        return new Running() {
            @Override
            public void update(ByteBuffer bytes) {
                crc.update(bytes.duplicate());
            }

            @Override
            public byte[] value() {
                return ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc.getValue())
                        .array();
            }
        };
    }

    private static Running digest(String name) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return new Running() {
            @Override
            public void update(ByteBuffer bytes) {
                digest.update(bytes.duplicate());
            }

            @Override
            public byte[] value() {
                return digest.digest();
            }
        };
    }
}

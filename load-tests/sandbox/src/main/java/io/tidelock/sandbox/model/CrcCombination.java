package io.tidelock.sandbox.model;

import java.nio.ByteBuffer;
import java.util.Base64;

/** Joins the CRCs of parts into that of the whole without its bytes (UG: Checking object integrity, full object checksums for multipart uploads). */
final class CrcCombination {
    private final ChecksumAlgorithm algorithm;
    private final int bits;
    private final long polynomial;

    CrcCombination(ChecksumAlgorithm algorithm) {
        this.algorithm = algorithm;
        this.bits = algorithm.bytes() * 8;
        this.polynomial = switch (algorithm) {
            case CRC32 -> 0xEDB88320L;
            case CRC32C -> 0x82F63B78L;
            case CRC64NVME -> 0x9A6C9329AC4BC9B5L;
            case SHA1, SHA256 -> throw new IllegalArgumentException(algorithm + " cannot be combined");
        };
    }

    /** The checksum of {@code left} followed by {@code right}, which is {@code rightBytes} long. */
    String combine(String left, String right, long rightBytes) {
        return encode(shift(decode(left), rightBytes) ^ decode(right));
    }

    /** Appends zero bytes: multiplies by x to the power of 8 times their number, by repeated squaring of the one-bit step. */
    private long shift(long crc, long zeroBytes) {
        var operator = new long[bits];
        operator[0] = polynomial;
        for (var i = 1; i < bits; i++) {
            operator[i] = 1L << (i - 1);
        }
        for (var i = 0; i < 3; i++) {
            operator = square(operator);
        }
        var shifted = crc;
        for (var left = zeroBytes; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                shifted = times(operator, shifted);
            }
            operator = square(operator);
        }
        return shifted;
    }

    private long[] square(long[] operator) {
        var squared = new long[bits];
        for (var i = 0; i < bits; i++) {
            squared[i] = times(operator, operator[i]);
        }
        return squared;
    }

    private static long times(long[] operator, long vector) {
        var product = 0L;
        for (var left = vector; left != 0; left &= left - 1) {
            product ^= operator[Long.numberOfTrailingZeros(left)];
        }
        return product;
    }

    private long decode(String base64) {
        var raw = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
        return algorithm.bytes() == 8 ? raw.getLong() : Integer.toUnsignedLong(raw.getInt());
    }

    private String encode(long crc) {
        var raw = ByteBuffer.allocate(algorithm.bytes());
        if (algorithm.bytes() == 8) {
            raw.putLong(crc);
        } else {
            raw.putInt((int) crc);
        }
        return Base64.getEncoder().encodeToString(raw.array());
    }
}

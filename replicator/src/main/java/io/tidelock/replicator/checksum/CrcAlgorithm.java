package io.tidelock.replicator.checksum;

import java.util.Arrays;
import java.util.Optional;

/**
 * The cyclic redundancy checks that S3 knows. All of them go through the bits of a byte from the lowest, begin with ones and end inverted, so that those of two pieces in a
 * row tell that of both. The JDK has no 64 bit one, and none of its own can be copied while it runs.
 */
public enum CrcAlgorithm {
    CRC32(Integer.SIZE, 0xEDB8_8320L),
    CRC32C(Integer.SIZE, 0x82F6_3B78L),
    CRC64NVME(Long.SIZE, 0x9A6C_9329_AC4B_C9B5L);

    private static final int BYTES_AT_ONCE = 8;
    private static final int BYTE_VALUES = 256;

    private final int bits;
    private final long polynomial;
    /** By how many bytes follow a byte, what it does to the remainder. */
    @SuppressWarnings("ImmutableEnumChecker") // filled once and never handed out
    private final long[][] tables = new long[BYTES_AT_ONCE][BYTE_VALUES];

    CrcAlgorithm(int bits, long polynomial) {
        this.bits = bits;
        this.polynomial = polynomial;
        for (var value = 0; value < BYTE_VALUES; value++) {
            long remainder = value;
            for (var bit = 0; bit < Byte.SIZE; bit++) {
                remainder = timesX(remainder);
            }
            tables[0][value] = remainder;
        }
        for (var after = 1; after < BYTES_AT_ONCE; after++) {
            for (var value = 0; value < BYTE_VALUES; value++) {
                tables[after][value] = with(tables[after - 1][value], (byte) 0);
            }
        }
    }

    /** The one of that name; empty where S3's name is of another kind of hash. */
    public static Optional<CrcAlgorithm> named(String name) {
        return Arrays.stream(values())
                .filter(known -> known.name().equals(name))
                .findFirst();
    }

    int bytes() {
        return bits / Byte.SIZE;
    }

    /** The remainder after nothing, and what the last one is inverted with. */
    long ones() {
        return -1L >>> (Long.SIZE - bits);
    }

    /** The remainder after one more byte. */
    long with(long remainder, byte next) {
        return tables[0][(int) (remainder ^ next) & 0xff] ^ (remainder >>> Byte.SIZE);
    }

    /** The remainder after eight more bytes, the first of which is the lowest. */
    long withEight(long remainder, long next) {
        var mixed = remainder ^ next;
        return tables[7][(int) mixed & 0xff]
                ^ tables[6][(int) (mixed >>> 8) & 0xff]
                ^ tables[5][(int) (mixed >>> 16) & 0xff]
                ^ tables[4][(int) (mixed >>> 24) & 0xff]
                ^ tables[3][(int) (mixed >>> 32) & 0xff]
                ^ tables[2][(int) (mixed >>> 40) & 0xff]
                ^ tables[1][(int) (mixed >>> 48) & 0xff]
                ^ tables[0][(int) (mixed >>> 56)];
    }

    /** The check of two pieces in a row from that of each: the first one moves on by the length of the second. */
    public long joined(long first, long second, long secondBytes) {
        return times(first, toThePower(secondBytes * Byte.SIZE)) ^ second;
    }

    /** The power of x, by squaring. */
    private long toThePower(long exponent) {
        var power = one();
        var square = one() >>> 1;
        for (var left = exponent; left > 0; left >>>= 1) {
            if ((left & 1) == 1) {
                power = times(power, square);
            }
            square = times(square, square);
        }
        return power;
    }

    /** The product of two polynomials, whose coefficients stand from the highest bit on. */
    private long times(long left, long right) {
        var product = 0L;
        var multiple = right;
        for (var coefficient = one(); coefficient != 0; coefficient >>>= 1) {
            if ((left & coefficient) != 0) {
                product ^= multiple;
            }
            multiple = timesX(multiple);
        }
        return product;
    }

    private long timesX(long factor) {
        return (factor & 1) == 0 ? factor >>> 1 : (factor >>> 1) ^ polynomial;
    }

    private long one() {
        return 1L << (bits - 1);
    }
}

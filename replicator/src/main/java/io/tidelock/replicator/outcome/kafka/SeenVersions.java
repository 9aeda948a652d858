package io.tidelock.replicator.outcome.kafka;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * A set of digests, however many, in a fixed amount of memory (a Bloom filter): what was added is always found, what was not is
 * found by mistake less than once in 65,000 until the set is full. Not thread-safe.
 */
final class SeenVersions {
    private static final int BITS_A_DIGEST = 8;

    private final int bits;
    private final BitSet set = new BitSet();
    private int filled;

    /** @param bits a power of two; a set is full after about a thirtieth as many digests */
    SeenVersions(int bits) {
        this.bits = bits;
    }

    /** @param digest of 32 bytes */
    void add(byte[] digest) {
        var numbers = ByteBuffer.wrap(digest);
        for (var i = 0; i < BITS_A_DIGEST; i++) {
            var bit = numbers.getInt() & (bits - 1);
            filled += set.get(bit) ? 0 : 1;
            set.set(bit);
        }
    }

    boolean contains(byte[] digest) {
        var numbers = ByteBuffer.wrap(digest);
        for (var i = 0; i < BITS_A_DIGEST; i++) {
            if (!set.get(numbers.getInt() & (bits - 1))) {
                return false;
            }
        }
        return true;
    }

    /** Whether what it seems to hold may as well be a mistake: a quarter of its bits are taken. */
    boolean isFull() {
        return filled > bits / 4;
    }
}

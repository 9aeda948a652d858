package io.tidelock.replicator.store;

/**
 * A part of an object.
 *
 * @param offset first byte, from 0
 * @param lengthBytes at least 1
 */
public record ByteRange(long offset, long lengthBytes) {
    public ByteRange {
        if (offset < 0 || lengthBytes < 1) {
            throw new IllegalArgumentException(
                    "a range needs offset >= 0 and length >= 1, had " + offset + " and " + lengthBytes);
        }
    }
}

package io.tidelock.scenarios.traffic;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Bytes that a seed decides; never held whole.
 *
 * @param sizeBytes how many, from 0
 * @param seed decides which
 */
public record Content(long sizeBytes, long seed) {
    public Content {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("content.sizeBytes must not be negative, was " + sizeBytes);
        }
    }

    /** Opens the bytes from the first on. */
    public InputStream open() {
        return new Stream(sizeBytes, new SplittableRandom(seed));
    }

    private static final class Stream extends InputStream {
        private static final int BLOCK_BYTES = 8 * 1024;

        private final SplittableRandom random;
        private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).limit(0);
        private long left;

        Stream(long sizeBytes, SplittableRandom random) {
            this.left = sizeBytes;
            this.random = random;
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            if (!block.hasRemaining()) {
                refill();
            }
            var n = (int) Math.min(Math.min(length, block.remaining()), left);
            block.get(into, offset, n);
            left -= n;
            return n;
        }

        private void refill() {
            block.clear();
            while (block.hasRemaining()) {
                block.putLong(random.nextLong());
            }
            block.flip();
        }
    }
}

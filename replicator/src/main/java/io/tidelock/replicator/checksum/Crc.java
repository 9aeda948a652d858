package io.tidelock.replicator.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A cyclic redundancy check of what has gone by so far. Not thread-safe. */
public final class Crc implements RunningHash {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final CrcAlgorithm algorithm;
    private long remainder;

    /** Of nothing yet. */
    public Crc(CrcAlgorithm algorithm) {
        this(algorithm, algorithm.ones());
    }

    private Crc(CrcAlgorithm algorithm, long remainder) {
        this.algorithm = algorithm;
        this.remainder = remainder;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        var at = offset;
        var end = offset + length;
        var now = remainder;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            now = algorithm.withEight(now, (long) EIGHT.get(bytes, at));
        }
        for (; at < end; at++) {
            now = algorithm.with(now, bytes[at]);
        }
        remainder = now;
    }

    /** The check of all so far, as a number. */
    public long number() {
        return remainder ^ algorithm.ones();
    }

    @Override
    public byte[] value() {
        return bytes(algorithm, number());
    }

    /** A check as S3 tells it: the highest byte first. */
    public static byte[] bytes(CrcAlgorithm algorithm, long number) {
        var all = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        return Arrays.copyOfRange(all, Long.BYTES - algorithm.bytes(), Long.BYTES);
    }

    @Override
    public RunningHash copy() {
        return new Crc(algorithm, remainder);
    }
}

package io.tidelock.sandbox.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** CRC-64/NVME, eight bytes at a step (UG: Checking object integrity, CRC64NVME); the JDK has none. */
final class Crc64Nvme implements Checksums.Running {
    private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final long[][] TABLES = tables();

    private long register = -1L;

    private static long[][] tables() {
        var tables = new long[8][256];
        for (var value = 0; value < 256; value++) {
            var crc = (long) value;
            for (var bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
            }
            tables[0][value] = crc;
        }
        for (var value = 0; value < 256; value++) {
            for (var step = 1; step < 8; step++) {
                var before = tables[step - 1][value];
                tables[step][value] = (before >>> 8) ^ tables[0][(int) (before & 0xFF)];
            }
        }
        return tables;
    }

    @Override
    public void update(ByteBuffer bytes) {
        var in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        var crc = register;
        while (in.remaining() >= Long.BYTES) {
            var word = crc ^ in.getLong();
            crc = 0;
            for (var step = 0; step < 8; step++) {
                crc ^= TABLES[7 - step][(int) (word >>> (8 * step)) & 0xFF];
            }
        }
        while (in.hasRemaining()) {
            crc = (crc >>> 8) ^ TABLES[0][(int) (crc ^ in.get()) & 0xFF];
        }
        register = crc;
    }

    @Override
    public byte[] value() {
        return ByteBuffer.allocate(Long.BYTES).putLong(~register).array();
    }
}

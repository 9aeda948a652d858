package io.tidelock.replicator.execute;

import java.util.concurrent.Semaphore;

/** Bounds the bytes of all bodies that move at the same time. First come, first served. Thread-safe. */
final class ByteBudget {
    private static final long UNIT_BYTES = 64 << 10;

    private final int units;
    private final Semaphore free;

    ByteBudget(long bytesInFlightMax) {
        units = toUnits(bytesInFlightMax);
        free = new Semaphore(units, true);
    }

    /** Waits until a body of that length fits; one that never fits has the budget to itself. */
    Grant take(long lengthBytes) throws InterruptedException {
        var wanted = Math.min(units, toUnits(lengthBytes));
        free.acquire(wanted);
        return () -> free.release(wanted);
    }

    private static int toUnits(long bytes) {
        return Math.clamp(Math.ceilDiv(bytes, UNIT_BYTES), 1, Integer.MAX_VALUE);
    }

    /** A share of the budget, given back by closing. */
    @FunctionalInterface
    interface Grant extends AutoCloseable {
        @Override
        void close();
    }
}

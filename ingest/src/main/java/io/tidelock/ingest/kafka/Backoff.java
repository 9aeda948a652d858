package io.tidelock.ingest.kafka;

import java.time.Duration;

/** Doubles the wait between tries, from 100 ms to 5 s. Confined to one thread. */
final class Backoff {
    private static final long MIN_NANOS = Duration.ofMillis(100).toNanos();
    private static final long MAX_NANOS = Duration.ofSeconds(5).toNanos();

    private long waitNanos = MIN_NANOS;
    private long nextNanos = System.nanoTime();

    /** Whether the next try may be made. */
    boolean isOver() {
        return System.nanoTime() - nextNanos >= 0;
    }

    /** How long until then. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, nextNanos - System.nanoTime()));
    }

    void next() {
        nextNanos = System.nanoTime() + waitNanos;
        waitNanos = Math.min(2 * waitNanos, MAX_NANOS);
    }

    void reset() {
        waitNanos = MIN_NANOS;
        nextNanos = System.nanoTime();
    }
}

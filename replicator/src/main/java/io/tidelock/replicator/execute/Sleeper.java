package io.tidelock.replicator.execute;

import java.time.Duration;

/** Waits between tries; tests wait without time passing. */
@FunctionalInterface
public interface Sleeper {
    /** Waits on the calling thread, which is a virtual one. */
    Sleeper REAL = Thread::sleep;

    /** Waits that long. */
    void sleep(Duration delay) throws InterruptedException;
}

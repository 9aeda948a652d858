package io.tidelock.replicator.execute;

import java.time.Duration;

/** Waits between tries; tests wait without time passing. */
@FunctionalInterface
public interface Sleeper {
    /** Waits on the calling thread, which is a virtual one. */
    Sleeper REAL = Thread::sleep;

    /** Waits that long. */
    void sleep(Duration delay) throws InterruptedException;

    /** Waits for something that others decide; whoever may end a sleep may end that, too. */
    default <A> A await(Awaited<A> something) throws InterruptedException {
        return something.come();
    }

    /**
     * What is waited for.
     *
     * @param <A> what comes of it
     */
    @FunctionalInterface
    interface Awaited<A> {
        /** Blocks until it has come. */
        A come() throws InterruptedException;
    }
}

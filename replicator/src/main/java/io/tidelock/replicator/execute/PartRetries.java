package io.tidelock.replicator.execute;

import java.util.concurrent.Callable;

/** Repeats one part a few times, so that a hiccup does not cost all other parts of a large version. Thread-safe. */
final class PartRetries {
    private static final int TRIES_MAX = 4;

    private final Backoff backoff;
    private final Sleeper sleeper;

    PartRetries(Backoff backoff, Sleeper sleeper) {
        this.backoff = backoff;
        this.sleeper = sleeper;
    }

    <A> A run(Callable<A> part) throws Exception {
        for (var failures = 1; ; failures++) {
            try {
                return part.call();
            } catch (SidedException e) {
                if (failures >= TRIES_MAX || !e.refusal().failure().retryable()) {
                    throw e;
                }
                sleeper.sleep(backoff.after(failures));
            }
        }
    }
}

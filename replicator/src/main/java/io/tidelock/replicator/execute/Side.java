package io.tidelock.replicator.execute;

import io.tidelock.replicator.store.StoreException;
import java.util.function.Supplier;

/** The two ends of a copy. */
enum Side {
    SOURCE,
    DESTINATION;

    /** Asks a store of this side, so that a refusal says whose it was. */
    <A> A call(Supplier<A> question) {
        try {
            return question.get();
        } catch (StoreException e) {
            throw new SidedException(this, e);
        }
    }

    /** Tells a store of this side to do something. */
    void run(Runnable command) {
        try {
            command.run();
        } catch (StoreException e) {
            throw new SidedException(this, e);
        }
    }
}

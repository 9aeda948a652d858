package io.tidelock.replicator.execute;

import io.tidelock.replicator.store.StoreException;

/** What a store refused, and at which side. */
final class SidedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Side side;
    private final StoreException refusal;

    SidedException(Side side, StoreException refusal) {
        super(side + " " + refusal.getMessage(), refusal, false, false);
        this.side = side;
        this.refusal = refusal;
    }

    Side side() {
        return side;
    }

    StoreException refusal() {
        return refusal;
    }
}

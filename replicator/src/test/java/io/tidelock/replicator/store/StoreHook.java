package io.tidelock.replicator.store;

import java.util.Optional;
import java.util.function.BiFunction;

/** Sees every call of the in-memory store and may act on the world or throw a {@link StoreException}. */
@FunctionalInterface
public interface StoreHook {
    /** Nothing happens. */
    StoreHook NONE = (_, _, _) -> {};

    /**
     * Told of one moment of one call.
     *
     * @param subject the key, or the bucket's name for calls that speak of a bucket
     */
    void at(Moment moment, StoreCall call, String subject);

    /** Fails calls before they take effect. */
    static StoreHook failingBefore(BiFunction<StoreCall, String, Optional<StoreException>> failure) {
        return failingAt(Moment.BEFORE, failure);
    }

    /** Fails calls after they took effect: the answer is lost. */
    static StoreHook failingAfter(BiFunction<StoreCall, String, Optional<StoreException>> failure) {
        return failingAt(Moment.AFTER, failure);
    }

    private static StoreHook failingAt(Moment when, BiFunction<StoreCall, String, Optional<StoreException>> failure) {
        return (moment, call, subject) -> {
            if (moment == when) {
                failure.apply(call, subject).ifPresent(StoreHook::raise);
            }
        };
    }

    private static void raise(StoreException failure) {
        throw failure;
    }

    /** When within a call. */
    enum Moment {
        /** Before anything happened. */
        BEFORE,
        /** Of a read: the head is known, no byte of the body was read. Of a write: the body was read, nothing is stored. */
        MIDDLE,
        /** The effect happened, the answer did not arrive yet. */
        AFTER
    }
}

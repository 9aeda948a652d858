package io.tidelock.replicator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.replicator.store.StoreHook.Moment;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Makes the calls of an in-memory store one at a time, counts them and tells the hook, which holds no lock. */
final class StoreCalls {
    private static final int KEY_BYTES_MAX = 1_024;

    private final Object lock;
    private final Map<StoreCall, Integer> counts = Collections.synchronizedMap(new EnumMap<>(StoreCall.class));
    private final AtomicReference<StoreHook> hook = new AtomicReference<>(StoreHook.NONE);
    private volatile Set<StoreCall> refused = Set.of();

    StoreCalls(Object lock) {
        this.lock = lock;
    }

    /** From now on these are not answered. */
    void refuse(StoreCall... calls) {
        refused = Set.of(calls);
    }

    void hook(StoreHook newHook) {
        hook.set(newHook);
    }

    Map<StoreCall, Integer> counts() {
        synchronized (counts) {
            var copy = new EnumMap<StoreCall, Integer>(StoreCall.class);
            copy.putAll(counts);
            return copy;
        }
    }

    void reset() {
        counts.clear();
    }

    void middle(StoreCall call, String subject) {
        hook.get().at(Moment.MIDDLE, call, subject);
    }

    <T> T make(StoreCall call, String subject, Supplier<T> effect) {
        counts.merge(call, 1, Integer::sum);
        hook.get().at(Moment.BEFORE, call, subject);
        if (refused.contains(call)) {
            throw InMemoryObjectStore.failure(StoreFailure.UNSUPPORTED, call, "it is not asked for that");
        }
        if (subject.getBytes(UTF_8).length > KEY_BYTES_MAX) {
            throw InMemoryObjectStore.failure(StoreFailure.INVALID_REQUEST, call, "KeyTooLongError");
        }
        T result;
        synchronized (lock) {
            result = effect.get();
        }
        hook.get().at(Moment.AFTER, call, subject);
        return result;
    }

    /** Reads a body before any lock is taken; the body's own failure is passed on. */
    byte[] read(StoreCall call, String key, InputStream body, long lengthBytes) {
        try {
            var bytes = body.readNBytes((int) lengthBytes);
            if (bytes.length < lengthBytes) {
                throw InMemoryObjectStore.failure(
                        StoreFailure.UNAVAILABLE,
                        StoreCall.GetObject,
                        "the body ended after " + bytes.length + " of " + lengthBytes + " bytes");
            }
            middle(call, key);
            return bytes;
        } catch (IOException e) {
            throw e.getCause() instanceof StoreException own
                    ? own
                    : InMemoryObjectStore.failure(
                            StoreFailure.UNAVAILABLE, StoreCall.GetObject, String.valueOf(e.getMessage()));
        }
    }
}

package io.tidelock.sandbox.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Values that are dear to make, remembered for the keys that were used last. Thread-safe.
 *
 * @param <K> what a value is made from
 * @param <V> the value, which follows from its key alone
 */
public final class RecentlyUsed<K, V> {
    private final int entriesMax;
    private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** @param entriesMax how many are remembered, at least 1; the least recently used one leaves first */
    public RecentlyUsed(int entriesMax) {
        if (entriesMax < 1) {
            throw new IllegalArgumentException("entriesMax must be at least 1, was " + entriesMax);
        }
        this.entriesMax = entriesMax;
    }

    /** The remembered value, or one that is made now; what {@code maker} throws is passed on and not remembered. */
    public synchronized V get(K key, Function<K, V> maker) {
        var known = entries.get(key);
        if (known != null) {
            return known;
        }
        var made = maker.apply(key);
        entries.put(key, made);
        if (entries.size() > entriesMax) {
            var eldest = entries.entrySet().iterator();
            eldest.next();
            eldest.remove();
        }
        return made;
    }

    synchronized int size() {
        return entries.size();
    }
}

package io.tidelock.sandbox.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests of each operation came, by S3's name of the operation such as {@code PutObject}; refused ones count too. Safe for many threads. */
public final class RequestCounts {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void count(String operation) {
        counts.computeIfAbsent(operation, _ -> new LongAdder()).increment();
    }

    /** Requests of one operation since the start or the last reset. */
    public long of(String operation) {
        var count = counts.get(operation);
        return count == null ? 0 : count.sum();
    }

    /** Requests of all operations together. */
    public long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** All operations that were asked for, in order of their names. */
    public Map<String, Long> byOperation() {
        var all = new TreeMap<String, Long>();
        counts.forEach((operation, count) -> all.put(operation, count.sum()));
        return all;
    }

    /** Starts again from nothing. */
    public void reset() {
        counts.clear();
    }
}

package io.tidelock.sandbox.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many requests took effect although their answer never reached the client, as far as a server can know: because a fault held it back or
 * because the connection was gone when it was to be sent. An answer that lay in the system's buffers when the client died is not among them. Safe
 * for many threads.
 */
public final class LostAnswers {
    private final Map<String, Map<String, LongAdder>> byBucket = new ConcurrentHashMap<>();

    void count(String bucket, String operation) {
        byBucket.computeIfAbsent(bucket, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(operation, _ -> new LongAdder())
                .increment();
    }

    /** Lost answers of one operation on one bucket, by S3's name of the operation such as {@code PutObject}. */
    public long of(String bucket, String operation) {
        return byOperation(bucket).getOrDefault(operation, 0L);
    }

    /** Lost answers of one bucket by operation, in order of their names; operations that lost none are left out. */
    public Map<String, Long> byOperation(String bucket) {
        var counts = new TreeMap<String, Long>();
        byBucket.getOrDefault(bucket, Map.of()).forEach((operation, count) -> counts.put(operation, count.sum()));
        return counts;
    }

    /** Lost answers of all buckets and operations together. */
    public long total() {
        return byBucket.values().stream()
                .flatMap(operations -> operations.values().stream())
                .mapToLong(LongAdder::sum)
                .sum();
    }
}

package io.tidelock.scenarios.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares a source bucket with its replica, key by key and version by version. */
public final class SideBySide {
    private SideBySide() {}

    /** Reads both buckets whole and compares them. */
    public static Verification compare(BucketReader source, BucketReader replica, ReplicaPolicy policy)
            throws InterruptedException {
        return compare(source.read(), replica.read(), policy);
    }

    /** Compares what was read of both. */
    public static Verification compare(
            Map<String, List<ReadVersion>> source, Map<String, List<ReadVersion>> replica, ReplicaPolicy policy) {
        var keys = new TreeSet<>(source.keySet());
        keys.addAll(replica.keySet());
        var differences = new ArrayList<Difference>();
        for (var key : keys) {
            differences.addAll(StackComparison.compare(
                    key, source.getOrDefault(key, List.of()), replica.getOrDefault(key, List.of()), policy));
        }
        var all = source.values().stream().flatMap(List::stream).toList();
        var markers = all.stream().filter(ReadVersion::marker).count();
        return new Verification(
                keys.size(),
                all.size() - markers,
                markers,
                all.stream().mapToLong(ReadVersion::sizeBytes).sum(),
                differences);
    }
}

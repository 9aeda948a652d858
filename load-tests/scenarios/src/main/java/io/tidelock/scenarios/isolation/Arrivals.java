package io.tidelock.scenarios.isolation;

import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.ChangeListener;
import io.tidelock.sandbox.model.EventName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Pairs each version that is written to the source with those of the same key that arrive at its destinations, in order, and keeps the times between
 * them by the stretch of time in which the version was written. Thread-safe.
 */
final class Arrivals implements ChangeListener {
    private final String source;
    private final LongSupplier nanos;
    private final Map<String, Map<String, Deque<Written>>> waiting = new HashMap<>();
    private final List<Map<String, List<Long>>> lags = new ArrayList<>();
    private long written;
    private long unexpected;

    /** When a version was written, and in which stretch. */
    private record Written(int stretch, long at) {}

    /**
     * Nothing is written yet.
     *
     * @param nanos the time, of any origin
     */
    Arrivals(String source, Set<String> destinations, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
        destinations.forEach(bucket -> waiting.put(bucket, new HashMap<>()));
        nextStretch();
    }

    /** Begins a stretch of time and returns its number. */
    synchronized int nextStretch() {
        var times = new HashMap<String, List<Long>>();
        waiting.keySet().forEach(bucket -> times.put(bucket, new ArrayList<>()));
        lags.add(times);
        return lags.size() - 1;
    }

    @Override
    public synchronized void changed(Change change) {
        if (change.name() != EventName.OBJECT_CREATED_PUT) {
            return;
        }
        if (change.bucket().equals(source)) {
            written++;
            var one = new Written(lags.size() - 1, nanos.getAsLong());
            waiting.values()
                    .forEach(keys -> keys.computeIfAbsent(change.key(), _ -> new ArrayDeque<>())
                            .add(one));
        } else if (waiting.containsKey(change.bucket())) {
            arrived(change.bucket(), change.key());
        }
    }

    private void arrived(String bucket, String key) {
        var keys = waiting.getOrDefault(bucket, Map.of());
        var ofKey = keys.get(key);
        if (ofKey == null) {
            unexpected++;
            return;
        }
        var first = ofKey.remove();
        if (ofKey.isEmpty()) {
            keys.remove(key);
        }
        lags.get(first.stretch()).getOrDefault(bucket, List.of()).add(nanos.getAsLong() - first.at());
        notifyAll();
    }

    /**
     * Waits until all versions that were written up to the end of a stretch have arrived at a destination; says whether that came true in time.
     */
    synchronized boolean await(String bucket, int stretch, Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        while (isWaiting(bucket, stretch)) {
            var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private boolean isWaiting(String bucket, int stretch) {
        return waiting.getOrDefault(bucket, Map.of()).values().stream()
                .anyMatch(ofKey -> ofKey.element().stretch() <= stretch);
    }

    /** The lags of what was written in a stretch and has arrived at one of these destinations. */
    synchronized Lags lags(int stretch, Set<String> destinations) {
        return Lags.of(destinations.stream()
                .flatMapToLong(bucket -> lags.get(stretch).getOrDefault(bucket, List.of()).stream()
                        .mapToLong(Long::longValue)));
    }

    /** How many versions a destination still lacks. */
    synchronized long pending(String bucket) {
        return waiting.getOrDefault(bucket, Map.of()).values().stream()
                .mapToLong(Deque::size)
                .sum();
    }

    /** How many versions were written. */
    synchronized long written() {
        return written;
    }

    /** How many versions arrived that none of the source waited for. */
    synchronized long unexpected() {
        return unexpected;
    }
}

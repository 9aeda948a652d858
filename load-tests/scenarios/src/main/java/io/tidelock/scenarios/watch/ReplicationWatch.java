package io.tidelock.scenarios.watch;

import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.ChangeListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Pairs each new version or marker of the source with the one of the same key that appears at the destination, in order, and takes the
 * time between them. Keeps one entry for each change that has no counterpart yet. Thread-safe.
 */
public final class ReplicationWatch implements ChangeListener {
    private final String source;
    private final String destination;
    private final InstantSource clock;
    private final Map<String, Deque<Waiting>> waiting = new HashMap<>();
    private final LagTimes lags = new LagTimes();
    private long written;
    private long writtenBytes;
    private long arrived;
    private long arrivedBytes;
    private long unexpected;
    private Instant lastChange;

    /** Watches a source bucket and its destination. */
    public ReplicationWatch(String source, String destination, InstantSource clock) {
        this.source = source;
        this.destination = destination;
        this.clock = clock;
        this.lastChange = clock.instant();
    }

    @Override
    public synchronized void changed(Change change) {
        if (!isNewEntry(change)) {
            return;
        }
        var at = clock.instant();
        lastChange = at;
        if (change.bucket().equals(source)) {
            written++;
            writtenBytes += change.size();
            waiting.computeIfAbsent(change.key(), _ -> new ArrayDeque<>()).add(new Waiting(at, change.size()));
        } else if (change.bucket().equals(destination)) {
            arrived(change, at);
        }
    }

    /** Waits until everything written so far has its counterpart; says whether that came true in time. */
    public synchronized boolean awaitDrained(Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        while (!waiting.isEmpty()) {
            var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** How it stands at this moment. */
    public synchronized WatchSnapshot snapshot() {
        var now = clock.instant();
        var oldest = oldest();
        return new WatchSnapshot(
                written,
                writtenBytes,
                arrived,
                arrivedBytes,
                unexpected,
                written - arrived,
                oldest.map(at -> Duration.between(at, now)).orElse(Duration.ZERO),
                Duration.between(lastChange, now),
                lags.percentile(0.5),
                lags.percentile(0.99),
                lags.max());
    }

    private void arrived(Change change, Instant at) {
        var ofKey = waiting.get(change.key());
        if (ofKey == null) {
            unexpected++;
            return;
        }
        var first = ofKey.remove();
        if (ofKey.isEmpty()) {
            waiting.remove(change.key());
        }
        arrived++;
        arrivedBytes += first.bytes();
        lags.add(Duration.between(first.at(), at));
        if (waiting.isEmpty()) {
            notifyAll();
        }
    }

    private Optional<Instant> oldest() {
        return waiting.values().stream().map(Deque::element).map(Waiting::at).min(Instant::compareTo);
    }

    private static boolean isNewEntry(Change change) {
        return switch (change.name()) {
            case OBJECT_CREATED_PUT,
                    OBJECT_CREATED_COPY,
                    OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD,
                    OBJECT_REMOVED_DELETE_MARKER_CREATED -> true;
            case OBJECT_REMOVED_DELETE,
                    OBJECT_TAGGING_PUT,
                    OBJECT_TAGGING_DELETE,
                    OBJECT_ACL_PUT,
                    RETENTION_PUT,
                    LEGAL_HOLD_PUT,
                    LIFECYCLE_EXPIRATION_DELETE,
                    LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED -> false;
        };
    }

    private record Waiting(Instant at, long bytes) {}
}

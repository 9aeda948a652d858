package io.tidelock.scenarios.twoways;

import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.ChangeListener;
import java.util.HashMap;
import java.util.Map;

/** How often each key was written to on either side, whoever did it: versions, markers and tags, each of which is an event. Thread-safe. */
final class WriteCount implements ChangeListener {
    private final Map<String, Long> byKey = new HashMap<>();

    @Override
    public synchronized void changed(Change change) {
        byKey.merge(change.key(), 1L, Long::sum);
    }

    synchronized Map<String, Long> byKey() {
        return Map.copyOf(byKey);
    }

    synchronized long total() {
        return byKey.values().stream().mapToLong(Long::longValue).sum();
    }
}

package io.tidelock.scenarios.chaos;

import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.ChangeListener;
import io.tidelock.sandbox.model.EventName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The versions and markers of one bucket by key, in the order in which they took effect, whoever made them. Thread-safe. */
final class OrderOfEffect implements ChangeListener {
    private final String bucket;
    private final Map<String, List<String>> byKey = new ConcurrentHashMap<>();

    /** Watches one bucket from now on. */
    OrderOfEffect(String bucket) {
        this.bucket = bucket;
    }

    @Override
    public void changed(Change change) {
        if (change.bucket().equals(bucket) && adds(change.name())) {
            change.versionId()
                    .ifPresent(id -> byKey.compute(change.key(), (_, ids) -> {
                        var all = ids == null ? new ArrayList<String>(1) : ids;
                        all.add(id);
                        return all;
                    }));
        }
    }

    private static boolean adds(EventName name) {
        return switch (name) {
            case OBJECT_CREATED_PUT,
                    OBJECT_CREATED_COPY,
                    OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD,
                    OBJECT_REMOVED_DELETE_MARKER_CREATED,
                    LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED -> true;
            case OBJECT_REMOVED_DELETE,
                    OBJECT_TAGGING_PUT,
                    OBJECT_TAGGING_DELETE,
                    OBJECT_ACL_PUT,
                    RETENTION_PUT,
                    LEGAL_HOLD_PUT,
                    LIFECYCLE_EXPIRATION_DELETE -> false;
        };
    }

    /** The ids by key; to be asked when nothing changes any more. */
    Map<String, List<String>> byKey() {
        var copy = new TreeMap<String, List<String>>();
        byKey.forEach((key, ids) -> copy.put(key, List.copyOf(ids)));
        return copy;
    }
}

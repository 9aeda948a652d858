package io.tidelock.replicator.execute;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Look;
import io.tidelock.domain.Look.Purpose;
import io.tidelock.domain.ObjectKey;
import io.tidelock.replicator.job.Resync;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.VersionPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events that the product's own resync makes of one key. */
final class KeyResync {
    private KeyResync() {}

    /** All that one key holds, on one page. */
    private record OnePage(ObjectStore store, ObjectKey key) implements VersionPages {
        @Override
        public Page page(Bucket bucket, String prefix, @Nullable Cursor after) {
            return new Page(
                    store.stack(key).layers().stream()
                            .map(layer -> new Entry(key.key(), layer))
                            .toList(),
                    Optional.empty());
        }

        @Override
        public void close() {}
    }

    /** @param markers whether delete markers become events as well */
    static List<BucketEvent> events(ObjectStore store, ObjectKey key, String rule, boolean markers) {
        var events = new ArrayList<BucketEvent>();
        var resync = new Resync(
                new OnePage(store, key), key.bucket(), new Look(rule, Purpose.RESYNC), key.key()::equals, markers);
        try {
            resync.run("", null, (_, found) -> events.addAll(found));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return events;
    }
}

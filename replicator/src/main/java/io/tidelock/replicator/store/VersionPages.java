package io.tidelock.replicator.store;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.VersionStack.Layer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists all versions and markers of a bucket, page by page: keys in the store's order, the layers of a key newest first.
 * Calls block and throw only {@link StoreException}.
 */
public interface VersionPages extends AutoCloseable {
    /**
     * One page.
     *
     * @param prefix what keys begin with
     * @param after where the page before ended, or null for the beginning
     */
    Page page(Bucket bucket, String prefix, @Nullable Cursor after);

    @Override
    void close();

    /** One layer of one key. */
    record Entry(String key, Layer layer) {}

    /**
     * Where a page ended.
     *
     * @param versionId the last version of the key that was listed, or null when all of them were
     */
    record Cursor(String key, @Nullable String versionId) {}

    /**
     * A page.
     *
     * @param next where it goes on, or empty at the end
     */
    record Page(List<Entry> entries, Optional<Cursor> next) {
        public Page {
            entries = List.copyOf(entries);
        }
    }
}

package io.tidelock.replicator.job;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Look;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.VersionStack;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.domain.VersionStack.Marker;
import io.tidelock.replicator.store.VersionPages;
import io.tidelock.replicator.store.VersionPages.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of what a bucket holds: for every key all its versions, the oldest first. Delete markers only where they
 * are asked for, as a listing does not tell whether lifecycle made them (rule 14). Of tags, ACLs and locks it tells
 * nothing: whoever plans for an event with a {@link Look} compares them. Blocks.
 */
public final class Resync {
    private final VersionPages pages;
    private final Bucket bucket;
    private final Look look;
    private final Predicate<String> selected;
    private final boolean markers;

    /**
     * Prepares a resync.
     *
     * @param look which rule is to look at the versions, and why
     * @param selected which keys are meant
     * @param markers whether delete markers become events
     */
    public Resync(VersionPages pages, Bucket bucket, Look look, Predicate<String> selected, boolean markers) {
        this.pages = pages;
        this.bucket = bucket;
        this.look = look;
        this.selected = selected;
        this.markers = markers;
    }

    /** Takes what is made. */
    public interface Sink {
        /**
         * All events of one key, in order; what comes next is about keys after it.
         *
         * @return whether to go on
         * @throws InterruptedException when the job is to end
         */
        boolean key(String key, List<BucketEvent> events) throws InterruptedException;
    }

    /**
     * Goes through the bucket.
     *
     * @return whether the end was reached
     * @param prefix what keys begin with
     * @param after the last key that is done already, or null
     */
    public boolean run(String prefix, @Nullable String after, Sink sink) throws InterruptedException {
        var cursor = after == null ? null : new Cursor(after, null);
        var layers = new ArrayList<Layer>();
        @Nullable String current = null;
        while (true) {
            var page = pages.page(bucket, prefix, cursor);
            for (var entry : page.entries()) {
                if (!entry.key().equals(current)) {
                    if (!finish(current, layers, sink)) {
                        return false;
                    }
                    current = entry.key();
                }
                if (layers.size() == VersionStack.LAYERS_MAX) {
                    throw new IllegalStateException("the key " + current + " has more than " + VersionStack.LAYERS_MAX
                            + " versions: resync other prefixes, or remove versions");
                }
                layers.add(entry.layer());
            }
            if (page.next().isEmpty()) {
                finish(current, layers, sink);
                return true;
            }
            cursor = page.next().get();
        }
    }

    private boolean finish(@Nullable String key, List<Layer> layers, Sink sink) throws InterruptedException {
        if (key != null && !layers.isEmpty() && selected.test(key)) {
            var events = new ArrayList<BucketEvent>();
            for (var layer : layers.reversed()) {
                switch (layer) {
                    case DataVersion data ->
                        events.add(new BucketEvent.ObjectCreated(
                                occurrence(key, layer, "ObjectCreated:Put"), data.sizeBytes(), data.eTag()));
                    case Marker _ -> {
                        if (markers) {
                            events.add(new BucketEvent.DeleteMarkerCreated(
                                    occurrence(key, layer, "ObjectRemoved:DeleteMarkerCreated")));
                        }
                    }
                }
            }
            layers.clear();
            return sink.key(key, List.copyOf(events));
        }
        layers.clear();
        return true;
    }

    private Occurrence occurrence(String key, Layer layer, String name) {
        return new Occurrence(
                new ObjectKey(bucket, key), layer.id(), layer.lastModified(), null, null, name, Cause.JOB, look);
    }
}

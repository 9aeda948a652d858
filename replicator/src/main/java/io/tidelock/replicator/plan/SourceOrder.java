package io.tidelock.replicator.plan;

import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.domain.VersionStack.Marker;
import io.tidelock.replicator.mark.OriginMark;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one source entry stands among the others of its key. The listing decides; for what the source has removed since,
 * the sequencer decides, and failing that the time of writing.
 */
final class SourceOrder {
    private final List<Layer> layers;
    private final int index;
    private final @Nullable Sequencer sequencer;
    private final Instant lastModified;

    private SourceOrder(List<Layer> layers, int index, @Nullable Sequencer sequencer, Instant lastModified) {
        this.layers = layers;
        this.index = index;
        this.sequencer = sequencer;
        this.lastModified = lastModified;
    }

    /** The order as that entry sees it, or null when the source does not hold it any more. */
    static @Nullable SourceOrder around(Subject subject, VersionStack source) {
        var layers = source.layers();
        for (var i = 0; i < layers.size(); i++) {
            var layer = layers.get(i);
            if (layer.id().equals(subject.id())) {
                return new SourceOrder(layers, i, subject.sequencer(), layer.lastModified());
            }
        }
        return null;
    }

    /** The entry itself. */
    Layer layer() {
        return layers.get(index);
    }

    /** Whether a replica's origin came after the entry. */
    boolean isNewer(OriginMark mark) {
        var place = placeOf(mark);
        if (place >= 0) {
            return place < index;
        }
        var theirs = mark.sequencer();
        if (sequencer != null && theirs != null) {
            return theirs.compareTo(sequencer) > 0;
        }
        return mark.lastModified().isAfter(lastModified);
    }

    /** Whether a replica's origin came before the entry; of two of the same second that nothing else tells apart, neither did. */
    boolean isOlder(OriginMark mark) {
        var place = placeOf(mark);
        if (place >= 0) {
            return place > index;
        }
        var theirs = mark.sequencer();
        return (sequencer != null && theirs != null)
                ? theirs.compareTo(sequencer) < 0
                : mark.lastModified().isBefore(lastModified) && !sameSecond(mark.lastModified(), lastModified);
    }

    /** Whether a replica's origin came after another's, as far as the source still holds both. */
    boolean isNewer(OriginMark mark, OriginMark than) {
        var place = placeOf(mark);
        var other = placeOf(than);
        return (place >= 0 && other >= 0) ? place < other : mark.lastModified().isAfter(than.lastModified());
    }

    private int placeOf(OriginMark mark) {
        for (var i = 0; i < layers.size(); i++) {
            if (stillIs(layers.get(i), mark)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean stillIs(Layer layer, OriginMark mark) {
        return layer instanceof DataVersion data
                && data.id().equals(mark.version())
                && (!data.id().isNull() || namesNull(mark, data));
    }

    private static boolean namesNull(OriginMark mark, DataVersion data) {
        return data.eTag().equals(mark.eTag()) && sameSecond(data.lastModified(), mark.lastModified());
    }

    /** Listings and heads give the same time in different precision. */
    private static boolean sameSecond(Instant a, Instant b) {
        return a.truncatedTo(ChronoUnit.SECONDS).equals(b.truncatedTo(ChronoUnit.SECONDS));
    }

    /** All versions with data, newest first. */
    List<VersionId> data() {
        return data(layers);
    }

    /** The versions with data that are older than the entry, newest first. */
    List<VersionId> dataBelow() {
        return data(layers.subList(index + 1, layers.size()));
    }

    /** The versions with data that are newer than the entry, newest first. */
    List<VersionId> dataAbove() {
        return data(layers.subList(0, index));
    }

    private static List<VersionId> data(List<Layer> some) {
        return some.stream()
                .filter(DataVersion.class::isInstance)
                .map(Layer::id)
                .toList();
    }

    /** All that is older than the entry, newest first. */
    List<Layer> below() {
        return layers.subList(index + 1, layers.size());
    }

    boolean hasMarkerAbove() {
        return layers.subList(0, index).stream().anyMatch(Marker.class::isInstance);
    }

    /** Whether a marker above the entry was made before that moment. */
    boolean hasMarkerAbove(Instant before) {
        return hasMarkerAbove(index, before);
    }

    /** Whether a marker above a replica's origin was made before that moment, as far as the source still holds that origin. */
    boolean hasMarkerAbove(OriginMark mark, Instant before) {
        return hasMarkerAbove(placeOf(mark), before);
    }

    private boolean hasMarkerAbove(int place, Instant before) {
        return place > 0
                && layers.subList(0, place).stream()
                        .anyMatch(layer ->
                                layer instanceof Marker && layer.lastModified().isBefore(before));
    }

    /** Whether markers stand below a replica's origin and none above it, as far as the source still holds that origin. */
    boolean hasMarkersOnlyBelow(OriginMark mark) {
        var place = placeOf(mark);
        return place >= 0
                && layers.subList(0, place).stream().noneMatch(Marker.class::isInstance)
                && layers.subList(place, layers.size()).stream().anyMatch(Marker.class::isInstance);
    }

    boolean hasMarkerBelow() {
        return layers.subList(index + 1, layers.size()).stream().anyMatch(Marker.class::isInstance);
    }
}

package io.tidelock.replicator.plan;

import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.domain.VersionStack.Marker;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which source entry an event is about. Some sources name no version id in some events; then it is the entry of that
 * kind, and with the event's ETag, that was written nearest to the event's time, the older of two. A marker has to be of
 * about that time: another one may be lifecycle's, while the event's own was undone (rule 14).
 */
final class Resolution {
    /** By how much the times of an event and of its marker can differ. */
    private static final Duration APART_MAX = Duration.ofMinutes(1);

    private Resolution() {}

    static Optional<Subject> version(Facts facts, ObjectCreated event) {
        var occurrence = event.occurrence();
        if (occurrence.versionId() != null) {
            return Optional.of(Subject.of(occurrence.versionId(), occurrence));
        }
        return facts.get(new Question.SourceStack()).layers().stream()
                .filter(DataVersion.class::isInstance)
                .map(DataVersion.class::cast)
                .filter(data -> event.eTag() == null || event.eTag().equals(data.eTag()))
                .min(nearestTo(occurrence))
                .map(data -> Subject.listed(data.id()));
    }

    static Optional<Subject> marker(Facts facts, Occurrence occurrence) {
        if (occurrence.versionId() != null) {
            return Optional.of(Subject.of(occurrence.versionId(), occurrence));
        }
        return facts.get(new Question.SourceStack()).layers().stream()
                .filter(Marker.class::isInstance)
                .filter(marker -> apart(marker, occurrence).compareTo(APART_MAX) <= 0)
                .min(nearestTo(occurrence))
                .map(marker -> Subject.listed(marker.id()));
    }

    private static Comparator<Layer> nearestTo(Occurrence occurrence) {
        return Comparator.<Layer, Duration>comparing(layer -> apart(layer, occurrence))
                .thenComparing(Layer::lastModified);
    }

    private static Duration apart(Layer layer, Occurrence occurrence) {
        return Duration.between(layer.lastModified(), occurrence.time()).abs();
    }
}

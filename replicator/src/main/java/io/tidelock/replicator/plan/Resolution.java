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
 * kind, and with the event's ETag, that was written nearest to the event's time, the older of two.
 */
final class Resolution {
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
                .min(nearestTo(occurrence))
                .map(marker -> Subject.listed(marker.id()));
    }

    private static Comparator<Layer> nearestTo(Occurrence occurrence) {
        return Comparator.<Layer, Duration>comparing(layer -> Duration.between(layer.lastModified(), occurrence.time())
                        .abs())
                .thenComparing(Layer::lastModified);
    }
}

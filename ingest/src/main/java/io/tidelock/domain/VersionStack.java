package io.tidelock.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The versions and delete markers that one key holds, newest first, as the store lists them.
 *
 * @param layers newest first; empty when the key holds nothing
 */
public record VersionStack(ObjectKey object, List<Layer> layers) {
    /** More of one key are not looked at, as all of them are in memory at once. */
    public static final int LAYERS_MAX = 200_000;

    public VersionStack {
        layers = List.copyOf(layers);
    }

    /** The layer that a plain GET sees. */
    public Optional<Layer> current() {
        return layers.isEmpty() ? Optional.empty() : Optional.of(layers.getFirst());
    }

    public Optional<Layer> find(VersionId id) {
        return layers.stream().filter(layer -> layer.id().equals(id)).findFirst();
    }

    /** One layer of the stack. */
    public sealed interface Layer {
        VersionId id();

        Instant lastModified();
    }

    /** A version with data. */
    public record DataVersion(VersionId id, Instant lastModified, String eTag, long sizeBytes, String storageClass)
            implements Layer {}

    /** A delete marker. */
    public record Marker(VersionId id, Instant lastModified) implements Layer {}
}

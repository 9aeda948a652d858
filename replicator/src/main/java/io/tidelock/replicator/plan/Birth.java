package io.tidelock.replicator.plan;

import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.Layer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When and as what an entry was made. Heads give whole seconds where listings give more, so that whole seconds are what
 * both sides agree on.
 */
record Birth(Instant time, VersionId id) {
    Birth {
        time = time.truncatedTo(ChronoUnit.SECONDS);
    }

    static Birth of(Layer layer) {
        return new Birth(layer.lastModified(), layer.id());
    }
}

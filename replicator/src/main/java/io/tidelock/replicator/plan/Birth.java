package io.tidelock.replicator.plan;

import io.tidelock.domain.VersionId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * When an entry was made, for telling which of two concurrent ones wins: the later one, ties by version id. Heads give
 * whole seconds where listings give more, so that whole seconds are what both sides agree on.
 */
record Birth(Instant time, VersionId id) implements Comparable<Birth> {
    private static final Comparator<Birth> ORDER =
            Comparator.comparing(Birth::time).thenComparing(birth -> birth.id().value());

    Birth {
        time = time.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public int compareTo(Birth other) {
        return ORDER.compare(this, other);
    }
}

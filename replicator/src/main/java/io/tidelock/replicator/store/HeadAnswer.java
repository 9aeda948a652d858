package io.tidelock.replicator.store;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.VersionId;
import org.jspecify.annotations.Nullable;

/** What a store says when asked for one key or version. */
public sealed interface HeadAnswer {
    /** There is data. */
    record Present(ObjectHead head) implements HeadAnswer {}

    /**
     * A delete marker stands there.
     *
     * @param id the marker's version id, or null where the store does not say
     */
    record DeleteMarker(@Nullable VersionId id) implements HeadAnswer {}

    /** Nothing is there. */
    record Missing() implements HeadAnswer {}
}

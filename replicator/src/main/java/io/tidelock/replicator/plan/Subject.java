package io.tidelock.replicator.plan;

import io.tidelock.domain.Occurrence;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import org.jspecify.annotations.Nullable;

/**
 * The source entry that a plan is about, with what the event says of exactly that entry.
 *
 * @param id a version or a marker
 * @param sequencer its place in the order, or null where no event tells
 * @param principal who made it, or null where no event tells
 */
record Subject(
        VersionId id,
        @Nullable Sequencer sequencer,
        @Nullable String principal) {
    /** The entry that an event names. What is the null version now may be another one than the event's (rule 20). */
    static Subject of(VersionId id, Occurrence occurrence) {
        return id.isNull() ? listed(id) : new Subject(id, occurrence.sequencer(), occurrence.principal());
    }

    /** An entry that was only found in a listing. */
    static Subject listed(VersionId id) {
        return new Subject(id, null, null);
    }
}

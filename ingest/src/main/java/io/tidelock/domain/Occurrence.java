package io.tidelock.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every bucket event says, whatever its source: which key, when, in which order, by whom.
 *
 * @param object the key that changed
 * @param versionId the version, or null where the source does not say (then only the version stack knows)
 * @param time when the store says that it happened
 * @param sequencer the order within the key, or null where the source gives none (rule 43)
 * @param principal who asked for the change, as the source spells it, or null
 * @param name the event's name without a leading {@code s3:}, such as {@code ObjectCreated:Put}
 * @param cause what made it happen
 * @param look what a job wants to be looked at, or null where no job made the event
 */
public record Occurrence(
        ObjectKey object,
        @Nullable VersionId versionId,
        Instant time,
        @Nullable Sequencer sequencer,
        @Nullable String principal,
        String name,
        Cause cause,
        @Nullable Look look) {
    /** What happened without any job. */
    public Occurrence(
            ObjectKey object,
            @Nullable VersionId versionId,
            Instant time,
            @Nullable Sequencer sequencer,
            @Nullable String principal,
            String name,
            Cause cause) {
        this(object, versionId, time, sequencer, principal, name, cause, null);
    }
}

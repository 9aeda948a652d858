package io.tidelock.replicator.outcome;

import io.tidelock.domain.VersionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one operation ended. Nothing leaves the pipeline without one. */
public sealed interface Outcome {
    Operation operation();

    /** When it ended. */
    Instant endedAt();

    /** How many tries it took, from 1; 0 when nothing had to be tried. */
    int attempts();

    /**
     * A version was copied and verified.
     *
     * @param source the version that was read
     * @param replica the version that was written
     * @param bytes how many bytes of data were moved
     * @param marked whether the replica carries the origin mark; without it where the user metadata left no room
     * @param restacked whether it came late, so that what was on top was put back on top (promise P2)
     */
    record Replicated(
            Operation operation,
            Instant endedAt,
            int attempts,
            VersionId source,
            VersionId replica,
            long bytes,
            boolean marked,
            boolean restacked)
            implements Outcome {}

    /**
     * A delete marker was put on top.
     *
     * @param replica the marker that Tidelock made
     */
    record DeleteMarkerPropagated(
            Operation operation, Instant endedAt, int attempts, VersionId source, VersionId replica)
            implements Outcome {}

    /** Tags, ACL, retention or hold of a replica were brought up to date. */
    record MetadataSynced(Operation operation, Instant endedAt, int attempts, VersionId source, VersionId replica)
            implements Outcome {}

    /** Nothing had to be done. */
    record Skipped(Operation operation, Instant endedAt, int attempts, SkipReason reason) implements Outcome {}

    /**
     * Nothing more can be done without a person.
     *
     * @param detail what the store said, without secrets
     */
    record Failed(
            Operation operation,
            Instant endedAt,
            int attempts,
            FailureReason reason,
            @Nullable String detail) implements Outcome {}
}

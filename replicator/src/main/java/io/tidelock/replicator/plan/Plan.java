package io.tidelock.replicator.plan;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import java.util.List;
import java.util.Optional;

/** What is to be done about one event under one rule. Not acting is a plan too. */
public sealed interface Plan {
    /**
     * Copy a version.
     *
     * @param source what is read, as it was when it was looked at
     * @param marked whether the write carries the origin mark
     * @param putBack what goes on top again afterwards, because the version came late
     */
    record Replicate(ObjectHead source, ReplicaWrite write, boolean marked, Optional<PutBack> putBack)
            implements Plan {}

    /**
     * Do this, then decide again: a marker waits for its data (rule 16), and whatever comes waits until an interrupted
     * restack is finished, which waits until a job has compared what came late.
     *
     * @param step a {@link Replicate}, a {@link Restack} or a {@link SyncMetadata}
     */
    record StepFirst(Plan step) implements Plan {}

    /**
     * A late version is there, and what it covered was not put back on top: do that.
     *
     * @param source the version that came late
     * @param late its replica
     * @param seen what has to be on top still, where the store can be told
     */
    record Restack(VersionId source, VersionId late, PutBack putBack, Precondition seen) implements Plan {}

    /**
     * Put a delete marker on top.
     *
     * @param seen what it is to hide, where the store can be told
     */
    record PropagateDeleteMarker(VersionId source, ObjectKey replica, Precondition seen) implements Plan {}

    /**
     * Give replicas the tags, ACL, retention or hold that their source version has now.
     *
     * @param changes of all copies of the version at the destination, the newest first; never empty
     * @param concurrent whether the other side may change the same at the same time, so that it is looked at again
     */
    record SyncMetadata(VersionId source, List<MetadataChange> changes, boolean concurrent) implements Plan {
        public SyncMetadata {
            changes = List.copyOf(changes);
        }
    }

    /** Nothing has to be done. */
    record Skip(SkipReason reason) implements Plan {}

    /** Nothing can be done. */
    record Refuse(FailureReason reason, String detail) implements Plan {}

    /** What stood on top before a late version was written, and stands there again afterwards (promise P2). */
    sealed interface PutBack {
        /** A version of the destination, copied within it. */
        record Version(ObjectHead replica, ReplicaWrite write) implements PutBack {}

        /** The source version that it is a copy of once more: what is archived at the destination cannot be copied there. */
        record FromSource(ObjectHead source, ReplicaWrite write) implements PutBack {}

        /** A delete marker. */
        record Marker(ObjectKey replica) implements PutBack {}
    }
}

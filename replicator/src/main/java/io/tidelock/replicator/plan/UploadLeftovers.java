package io.tidelock.replicator.plan;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.plan.Decision.Decided;
import java.util.ArrayList;
import java.util.Optional;

/**
 * What some stores drop of the start of an upload in parts, and get afterwards from whoever completed it. That one may not
 * have heard of the completion, or have died before; so a replica in parts that is in place already is looked at once more.
 */
final class UploadLeftovers {
    private UploadLeftovers() {}

    /** The decision to give the replica of a version its tags and its lock, or empty where it lacks neither. */
    static Optional<Decided> missing(Assignment assignment, Facts facts, VersionId id, ObjectHead replica) {
        if (assignment.destination().keepsAllOfUploads() || replica.eTag().indexOf('-') < 0) {
            return Optional.empty();
        }
        return facts.get(new Question.SourceHead(id)) instanceof SourceAnswer.Found(var source)
                ? missing(facts, source, replica)
                : Optional.empty();
    }

    private static Optional<Decided> missing(Facts facts, ObjectHead source, ObjectHead replica) {
        var changes = new ArrayList<MetadataChange>();
        if (source.tagCount() > 0 && replica.tagCount() == 0) {
            var tags = facts.get(new Question.SourceTags(source.version().id()));
            changes.add(new MetadataChange.Tags(replica.version(), tags));
        }
        if (!source.lock().isNone()
                && facts.get(new Question.DestinationBucket()).objectLock()) {
            LockPlans.added(facts, replica.lock(), source.lock())
                    .ifPresent(lock -> MetadataPlans.addTo(changes, facts, replica, lock));
        }
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Decided(
                        new Plan.SyncMetadata(source.version().id(), changes, false),
                        "its upload ended before it got its tags and its lock"));
    }
}

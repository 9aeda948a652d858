package io.tidelock.replicator.plan;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.plan.Decision.Decided;
import io.tidelock.replicator.store.AclWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a version gets from its writer only after it stands: what some stores drop of the start of an upload in parts, and tags and grants that the headers of a
 * request have no room for. That writer may not have heard that the version stands, or have died before; so a replica that may lack something is looked at once
 * more. Its mark tells, or its parts; one that has no mark is always looked at.
 */
record Leftovers(Marks marks) {
    private static final AclWrite PRIVATE = AclWrite.canned("private");

    /** The decision to give the replica of a version what it lacks, or empty where it lacks nothing. */
    Optional<Decided> missing(Assignment assignment, Facts facts, VersionId id, ObjectHead replica) {
        var owed = Owed.of(assignment, replica, marks.originOf(replica));
        return owed.isNothing()
                ? Optional.empty()
                : source(facts, id).flatMap(source -> {
                    var lacking = new Lacking(facts, replica, owed);
                    lacking.tagsOf(source, () -> facts.get(new Question.SourceTags(id)));
                    lacking.lockOf(source);
                    lacking.grants(assignment, () -> AclPlans.ofReplica(assignment, facts, id));
                    return lacking.decided(id);
                });
    }

    /** Its bytes are not wanted again. */
    private static Optional<ObjectHead> source(Facts facts, VersionId id) {
        var answer =
                facts.answer(new Question.SourceHead(id)).orElseGet(() -> facts.get(new Question.SourceMetadata(id)));
        return answer instanceof SourceAnswer.Found(var source) ? Optional.of(source) : Optional.empty();
    }

    /**
     * The decision to give what was put back on top what it lacks of the version that it is a copy of.
     *
     * @param late the source version that it was put back above
     */
    Optional<Decided> ofPutBack(Assignment assignment, Facts facts, VersionId late, ReplicaStack replicas) {
        return replicas.current().flatMap(top -> {
            var owed = Owed.of(assignment, top, marks.originOf(top));
            return owed.isNothing()
                    ? Optional.empty()
                    : original(assignment, top, replicas).flatMap(original -> {
                        var id = original.version().id();
                        var lacking = new Lacking(facts, top, owed);
                        lacking.tagsOf(original, () -> facts.get(new Question.ReplicaTags(id)));
                        lacking.lockOf(original);
                        lacking.grants(assignment, () -> AclPlans.ofPutBack(assignment, facts, id));
                        return lacking.decided(late);
                    });
        });
    }

    /**
     * What the version on top is a copy of, empty where it was not put back. Where nothing flows back, what somebody else wrote is put back without a mark: then it
     * lies on a late version and is like what lies below that.
     */
    private Optional<ObjectHead> original(Assignment assignment, ObjectHead top, ReplicaStack replicas) {
        var origin = marks.originOf(top);
        if (origin != null) {
            return origin.kind() == Kind.PUT_BACK
                    ? replicas.belowTop(below -> marks.isCopyPutBackOf(top, below))
                    : Optional.empty();
        }
        return assignment.twoWay() || !replicas.isTopAboveLate()
                ? Optional.empty()
                : replicas.belowTop(below -> marks.originOf(below) == null && isAlike(top, below));
    }

    private static boolean isAlike(ObjectHead one, ObjectHead other) {
        return one.sizeBytes() == other.sizeBytes()
                && one.content().equals(other.content())
                && one.userMetadata().equals(other.userMetadata());
    }

    /**
     * What may have been left.
     *
     * @param ofUpload tags and lock, which the store drops of uploads
     * @param ofHeaders tags and grants, which did not fit
     */
    private record Owed(boolean ofUpload, boolean ofHeaders) {
        static Owed of(Assignment assignment, ObjectHead replica, @Nullable OriginMark origin) {
            return new Owed(
                    !assignment.destination().keepsAllOfUploads()
                            && replica.eTag().indexOf('-') >= 0,
                    origin == null || origin.followed());
        }

        boolean isNothing() {
            return !ofUpload && !ofHeaders;
        }
    }

    /** Collects what one replica lacks. */
    private record Lacking(Facts facts, ObjectHead replica, Owed owed, List<MetadataChange> changes) {
        Lacking(Facts facts, ObjectHead replica, Owed owed) {
            this(facts, replica, owed, new ArrayList<>());
        }

        void tagsOf(ObjectHead original, Supplier<Map<String, String>> tags) {
            if (original.tagCount() > 0 && replica.tagCount() == 0) {
                changes.add(new MetadataChange.Tags(replica.version(), tags.get()));
            }
        }

        void lockOf(ObjectHead original) {
            if (owed.ofUpload()
                    && !original.lock().isNone()
                    && facts.get(new Question.DestinationBucket()).objectLock()) {
                LockPlans.added(facts, replica.lock(), original.lock())
                        .ifPresent(lock -> MetadataPlans.addTo(changes, facts, replica, lock));
            }
        }

        /** Grants that were left out leave the replica to its owner alone. */
        void grants(Assignment assignment, Supplier<AclWrite> acl) {
            if (!owed.ofHeaders() || !AclPlans.isCopied(assignment, facts)) {
                return;
            }
            var wanted = acl.get();
            if (!wanted.grants().isEmpty()) {
                var now = facts.get(new Question.ReplicaAcl(replica.version().id()));
                if (AclPlans.isAlready(PRIVATE, now) && !AclPlans.isAlready(wanted, now)) {
                    changes.add(new MetadataChange.Acl(replica.version(), wanted));
                }
            }
        }

        Optional<Decided> decided(VersionId source) {
            return changes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Decided(
                            new Plan.SyncMetadata(source, changes, false),
                            "its writer ended before it got its tags, its lock or its grants"));
        }
    }
}

package io.tidelock.replicator.plan;

import static io.tidelock.replicator.plan.Answers.refuse;
import static io.tidelock.replicator.plan.Answers.skip;

import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Decision.Decided;
import io.tidelock.replicator.store.HeadAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans for changed tags, ACLs, retentions and holds: the replica of exactly that version gets what the source has now
 * (rule 34). What is compared equal is not written, so that two buckets that replicate to each other come to rest.
 */
final class MetadataPlans {
    private final Marks marks;
    private final Eligibility eligibility;
    private final VersionPlans versions;
    private final Set<String> ownPrincipals;

    MetadataPlans(Marks marks, Eligibility eligibility, VersionPlans versions, Set<String> ownPrincipals) {
        this.marks = marks;
        this.eligibility = eligibility;
        this.versions = versions;
        this.ownPrincipals = ownPrincipals;
    }

    Decided decide(Assignment assignment, Facts facts, MetadataChanged event) {
        var occurrence = event.occurrence();
        if (occurrence.principal() != null && ownPrincipals.contains(occurrence.principal())) {
            return skip(SkipReason.SOURCE_IS_REPLICA, "Tidelock made this change");
        }
        var id = idOf(facts, occurrence);
        if (id.isEmpty()) {
            return skip(SkipReason.SRC_VERSION_NOT_FOUND, "the source holds no version");
        }
        var subject = Subject.listed(id.get());
        return eligibility
                .ofBuckets(facts, subject)
                .orElseGet(() -> decide(assignment, facts, subject, event.aspect()));
    }

    private static Optional<VersionId> idOf(Facts facts, Occurrence occurrence) {
        return occurrence.versionId() != null
                ? Optional.of(occurrence.versionId())
                : facts.get(new Question.SourceStack())
                        .current()
                        .filter(DataVersion.class::isInstance)
                        .map(layer -> layer.id());
    }

    private Decided decide(Assignment assignment, Facts facts, Subject subject, Aspect aspect) {
        return switch (facts.get(new Question.SourceHead(subject.id()))) {
            case SourceAnswer.Found(var found) -> {
                var source = standsForIt(assignment, facts, subject, found);
                yield decide(assignment, facts, Subject.listed(source.version().id()), source, aspect);
            }
            case SourceAnswer.Gone(), SourceAnswer.IsMarker() ->
                skip(SkipReason.SRC_VERSION_NOT_FOUND, "the source does not hold it any more");
            case SourceAnswer.NeedsCustomerKey() ->
                skip(SkipReason.SSE_C_UNREADABLE, "only its writer has the SSE-C key");
        };
    }

    /** What was put back on top stands for the version that it copies: people see and change only that one. */
    ObjectHead standsForIt(Assignment assignment, Facts facts, Subject subject, ObjectHead source) {
        var order = assignment.twoWay() ? SourceOrder.around(subject, facts.get(new Question.SourceStack())) : null;
        if (order != null) {
            for (var id : order.dataAbove()) {
                if (facts.get(new Question.SourceHead(id)) instanceof SourceAnswer.Found(var above)
                        && marks.isPutBackOf(above, source)) {
                    return above;
                }
            }
        }
        return source;
    }

    private Decided decide(Assignment assignment, Facts facts, Subject subject, ObjectHead source, Aspect aspect) {
        if (aspect == Aspect.ACL && !AclPlans.isCopied(assignment, facts)) {
            return skip(SkipReason.ACL_NOT_COPIED, "the destination's owner alone decides there (rule 32)");
        }
        var origin = eligibility.originOf(facts, subject, source);
        if (origin == null || origin.source().equals(assignment.source().bucket())) {
            return outward(assignment, facts, subject, source, origin, aspect);
        }
        return assignment.modificationsFlowBack()
                        && origin.source().equals(assignment.replica().bucket())
                ? back(assignment, facts, subject, source, origin, aspect)
                : skip(SkipReason.SOURCE_IS_REPLICA, "the change was made on a replica (rule 35)");
    }

    /** A change of what was born here. A version that was put back on top stands for the one that it is a copy of. */
    private Decided outward(
            Assignment assignment,
            Facts facts,
            Subject subject,
            ObjectHead source,
            @Nullable OriginMark putBack,
            Aspect aspect) {
        var copies = copies(assignment, facts, subject, source, putBack);
        if (copies.isEmpty() && assignment.rule().filter().needsTags()) {
            return skip(SkipReason.TAGS_DO_NOT_MATCH, "it was not replicated when it was made (rule 9)");
        }
        if (copies.isEmpty()) {
            return putBack == null
                    ? versions.decide(assignment, facts, subject)
                    : firstItself(versions.decide(assignment, facts, Subject.listed(putBack.version())));
        }
        return sync(assignment, facts, source, copies, aspect);
    }

    private static Decided firstItself(Decided original) {
        return original.plan() instanceof Plan.Replicate || original.plan() instanceof Plan.Restack
                ? new Decided(new Plan.StepFirst(original.plan()), "the version that it stands for is not there yet")
                : original;
    }

    /** A change of a replica goes to the version that it is a replica of, and to what was put back of that. */
    private Decided back(
            Assignment assignment, Facts facts, Subject subject, ObjectHead source, OriginMark origin, Aspect aspect) {
        return facts.get(new Question.ReplicaHead(origin.version())) instanceof HeadAnswer.Present(var original)
                        && Marks.names(origin, original)
                ? sync(assignment, facts, source, withPutBack(facts, original), aspect)
                : refuse(
                        FailureReason.DstVersionNotFound,
                        "the version that " + subject.id() + " is a replica of is gone");
    }

    private List<ObjectHead> withPutBack(Facts facts, ObjectHead original) {
        if (facts.get(new Question.DestinationHead()) instanceof HeadAnswer.Present(var top)
                && top.version().equals(original.version())) {
            return List.of(original);
        }
        var same = new ArrayList<ObjectHead>();
        for (var layer : facts.get(new Question.DestinationStack()).layers()) {
            if (layer.id().equals(original.version().id())) {
                break;
            }
            if (layer instanceof DataVersion
                    && facts.get(new Question.ReplicaHead(layer.id())) instanceof HeadAnswer.Present(var head)
                    && marks.isPutBackOf(head, original)) {
                same.add(head);
            }
        }
        same.add(original);
        return same;
    }

    /** What the destination holds of a version, the newest first. */
    List<ObjectHead> copies(
            Assignment assignment, Facts facts, Subject subject, ObjectHead source, @Nullable OriginMark putBack) {
        var answer = facts.get(new Question.DestinationHead());
        if (answer instanceof HeadAnswer.Missing) {
            return List.of();
        }
        if (answer instanceof HeadAnswer.Present(var top)) {
            var origin = marks.originOf(top, assignment.source().bucket());
            if (origin != null && origin.kind() == Kind.IN_ORDER && isCopy(origin, source, putBack)) {
                return List.of(top);
            }
        }
        var order = SourceOrder.around(subject, facts.get(new Question.SourceStack()));
        return order == null
                ? List.of()
                : ReplicaStack.read(
                                assignment, facts, marks, order, replica -> isCopy(replica.origin(), source, putBack))
                        .copies();
    }

    private static boolean isCopy(@Nullable OriginMark replica, ObjectHead source, @Nullable OriginMark putBack) {
        return putBack == null
                ? Marks.names(replica, source)
                : replica != null && replica.version().equals(putBack.version());
    }

    private Decided sync(
            Assignment assignment, Facts facts, ObjectHead source, List<ObjectHead> copies, Aspect aspect) {
        return switch (aspect) {
            case TAGS -> tags(assignment, facts, source, copies);
            case ACL -> acl(assignment, facts, source, copies);
            case RETENTION, LEGAL_HOLD -> lock(facts, source, copies);
        };
    }

    private static Decided tags(Assignment assignment, Facts facts, ObjectHead source, List<ObjectHead> copies) {
        return synced(source, tagChanges(facts, source, copies), assignment.modificationsFlowBack(), "tags");
    }

    /** Which copies have other tags than the source. */
    static List<MetadataChange> tagChanges(Facts facts, ObjectHead source, List<ObjectHead> copies) {
        var tags = facts.get(new Question.SourceTags(source.version().id()));
        return copies.stream()
                .map(ObjectHead::version)
                .filter(copy -> !facts.get(new Question.ReplicaTags(copy.id())).equals(tags))
                .<MetadataChange>map(copy -> new MetadataChange.Tags(copy, tags))
                .toList();
    }

    private static Decided acl(Assignment assignment, Facts facts, ObjectHead source, List<ObjectHead> copies) {
        return synced(source, aclChanges(assignment, facts, source, copies), assignment.modificationsFlowBack(), "ACL");
    }

    /** Which copies have another ACL than the source's would be there. */
    static List<MetadataChange> aclChanges(
            Assignment assignment, Facts facts, ObjectHead source, List<ObjectHead> copies) {
        var wanted = AclPlans.wanted(assignment, facts, source.version().id());
        return copies.stream()
                .map(ObjectHead::version)
                .filter(copy -> !AclPlans.isAlready(wanted, facts.get(new Question.ReplicaAcl(copy.id()))))
                .<MetadataChange>map(copy -> new MetadataChange.Acl(copy, wanted))
                .toList();
    }

    private static Decided lock(Facts facts, ObjectHead source, List<ObjectHead> copies) {
        var obstacle = LockPlans.obstacle(facts, source);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        var changes = lockChanges(facts, source, copies);
        if (!changes.isEmpty() || copies.stream().allMatch(copy -> LockPlans.isSame(facts, copy, source))) {
            return synced(source, changes, false, "lock");
        }
        return skip(SkipReason.LOCK_NEVER_WEAKENED, "the replica is locked longer or harder than its source");
    }

    /** What the copies lack of the source's lock. */
    static List<MetadataChange> lockChanges(Facts facts, ObjectHead source, List<ObjectHead> copies) {
        var changes = new ArrayList<MetadataChange>();
        for (var copy : copies) {
            LockPlans.added(facts, copy.lock(), source.lock()).ifPresent(lock -> addTo(changes, facts, copy, lock));
        }
        return changes;
    }

    static void addTo(List<MetadataChange> changes, Facts facts, ObjectHead copy, ObjectLock lock) {
        var until = lock.retainUntil();
        if (lock.mode() != null && until != null) {
            changes.add(
                    LockPlans.hardens(facts, copy.lock(), lock)
                            ? new MetadataChange.Hardening(copy.version(), until)
                            : new MetadataChange.Retention(copy.version(), lock.mode(), until));
        }
        if (lock.legalHold()) {
            changes.add(new MetadataChange.LegalHold(copy.version()));
        }
    }

    private static Decided synced(ObjectHead source, List<MetadataChange> changes, boolean concurrent, String what) {
        return changes.isEmpty()
                ? skip(SkipReason.ALREADY_REPLICATED, "the replica has the same " + what)
                : new Decided(
                        new Plan.SyncMetadata(source.version().id(), changes, concurrent),
                        "the replica has another " + what);
    }
}

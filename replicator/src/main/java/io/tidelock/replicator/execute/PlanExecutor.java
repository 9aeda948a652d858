package io.tidelock.replicator.execute;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.execute.Copier.Copied;
import io.tidelock.replicator.execute.Execution.Again;
import io.tidelock.replicator.execute.Execution.Ended;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.plan.MetadataChange;
import io.tidelock.replicator.plan.Plan;
import io.tidelock.replicator.plan.Plan.PutBack;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.OpenObject;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.Written;
import java.util.Optional;

/** Carries out one plan: straight-line code that blocks its virtual thread. Thread-safe. */
final class PlanExecutor {
    private final Copier copier;
    private final OwnerCheck owners;
    private final BucketFactsCache buckets;
    private final HiddenAspects hidden;

    PlanExecutor(Copier copier, OwnerCheck owners, BucketFactsCache buckets, HiddenAspects hidden) {
        this.copier = copier;
        this.owners = owners;
        this.buckets = buckets;
        this.hidden = hidden;
    }

    /** @param gathered holds the body that may have been opened with the source's head */
    Execution execute(Plan plan, Route route, FactGatherer gathered, Attempt attempt) throws InterruptedException {
        return switch (plan) {
            case Plan.Replicate replicate -> replicate(replicate, route, gathered, attempt);
            case Plan.StepFirst(var step) -> {
                var first = execute(step, route, gathered, attempt);
                yield first instanceof Ended(Outcome.Failed failed) ? new Ended(failed) : new Again();
            }
            case Plan.Restack restack -> {
                requireAllSeen(restack.putBack(), route);
                var back = putBack(restack.putBack(), route, restack.seen());
                yield new Ended(back.wrong()
                        .map(wrong -> wrong.fails(attempt))
                        .orElseGet(
                                () -> attempt.replicated(restack.source(), restack.late(), back.moved(), true, true)));
            }
            case Plan.PropagateDeleteMarker marker -> {
                var id = Side.DESTINATION.call(
                        () -> route.destination().store().putDeleteMarker(marker.replica(), marker.seen()));
                yield new Ended(unversioned(marker.replica(), id)
                        .map(wrong -> wrong.fails(attempt))
                        .orElseGet(() -> attempt.markerPropagated(marker.source(), id)));
            }
            case Plan.SyncMetadata sync -> sync(sync, route, attempt);
            case Plan.Skip(var reason) -> new Ended(effort(attempt, gathered).skipped(reason));
            case Plan.Refuse(var reason, var detail) ->
                new Ended(effort(attempt, gathered).failed(reason, detail));
        };
    }

    private static Execution sync(Plan.SyncMetadata plan, Route route, Attempt attempt) {
        for (var change : plan.changes()) {
            Side.DESTINATION.run(() -> write(change, route.destination().store()));
        }
        return plan.concurrent() && plan.changes().stream().anyMatch(change -> hasMoved(plan, change, route))
                ? new Again()
                : new Ended(attempt.synced(
                        plan.source(), plan.changes().getFirst().replica().id()));
    }

    private static void write(MetadataChange change, ObjectStore store) {
        switch (change) {
            case MetadataChange.Tags(var replica, var tags) -> store.putTags(replica, tags);
            case MetadataChange.Acl(var replica, var acl) -> store.putAcl(replica, acl);
            case MetadataChange.Hardening(var replica, var until) -> store.hardenRetention(replica, until);
            case MetadataChange.Retention(var replica, var mode, var until) -> store.putRetention(replica, mode, until);
            case MetadataChange.LegalHold(var replica) -> store.putLegalHold(replica);
        }
    }

    /** The other side may have written the other way meanwhile; then both would keep what the other one had. */
    private static boolean hasMoved(Plan.SyncMetadata plan, MetadataChange change, Route route) {
        return switch (change) {
            case MetadataChange.Tags written ->
                !Side.SOURCE
                        .call(() -> route.source().store().tags(version(plan, route)))
                        .equals(written.tags());
            case MetadataChange.Acl _,
                    MetadataChange.Retention _,
                    MetadataChange.Hardening _,
                    MetadataChange.LegalHold _ -> false;
        };
    }

    private static ObjectVersion version(Plan.SyncMetadata plan, Route route) {
        return new ObjectVersion(route.assignment().event().object(), plan.source());
    }

    private static Attempt effort(Attempt attempt, FactGatherer gathered) {
        return gathered.asked() > 0 ? attempt : new Attempt(attempt.operation(), 0, attempt.clock());
    }

    private Execution replicate(Plan.Replicate plan, Route route, FactGatherer gathered, Attempt attempt)
            throws InterruptedException {
        var head = plan.source();
        plan.putBack().ifPresent(putBack -> requireAllSeen(putBack, route));
        var copied = copy(head, plan.write(), route, gathered.take(head));
        var written = copied.written();
        var unversioned = unversioned(plan.write().destination(), written.id());
        if (unversioned.isPresent()) {
            return new Ended(unversioned.get().fails(attempt));
        }
        var replica = new ObjectVersion(plan.write().destination(), written.id());
        var difference = difference(head, plan.write(), route, copied).map(Wrong::differs);
        var back = plan.putBack().isPresent()
                ? putBack(plan.putBack().get(), route, after(plan.write(), written))
                : Back.NOTHING;
        var wrong = difference.or(back::wrong);
        if (wrong.isPresent()) {
            return new Ended(wrong.get().fails(attempt));
        }
        if (head.version().id().isNull() && hasMoved(route, head)) {
            return new Again();
        }
        var owner = owners.wrong(route, head, replica);
        return new Ended(
                owner.isPresent()
                        ? attempt.failed(FailureReason.DST_OWNER_NOT_OVERRIDDEN, owner.get())
                        : attempt.replicated(
                                head.version().id(),
                                written.id(),
                                copied.moved() + back.moved(),
                                plan.marked(),
                                plan.putBack().isPresent()));
    }

    private Copied copy(ObjectHead source, ReplicaWrite write, Route route, Optional<OpenObject> opened)
            throws InterruptedException {
        return route.isCopiedByStore()
                ? copier.within(Side.SOURCE, route.destination().store(), source, write)
                : copier.across(route.source().store(), route.destination().store(), source, write, opened);
    }

    private static Optional<String> difference(ObjectHead source, ReplicaWrite write, Route route, Copied copied) {
        var written = copied.written();
        return (copied.whole() ? ReplicaVerifier.eTag(source, written) : Optional.<String>empty())
                .or(() -> copied.whole() && isEncrypted(write, route, written)
                        ? Optional.empty()
                        : differenceAtRest(source, write, route, written));
    }

    private static boolean isEncrypted(ReplicaWrite write, Route route, Written written) {
        return ReplicaVerifier.isEncrypted(
                write.encryption(), route.assignment().destination(), written.encryption());
    }

    /** What was written in parts tells nothing by its ETag, and not every store answers how it encrypted. */
    private static Optional<String> differenceAtRest(
            ObjectHead source, ReplicaWrite write, Route route, Written written) {
        var replica = new ObjectVersion(write.destination(), written.id());
        return Side.DESTINATION.call(() -> route.destination().store().head(replica))
                        instanceof HeadAnswer.Present(var head)
                ? ReplicaVerifier.atRest(
                        source, write.encryption(), route.assignment().destination(), head)
                : Optional.of("the replica is not there");
    }

    /** A copy that is put back on top takes the place of what it copies, so it must not lose what cannot be seen. */
    private void requireAllSeen(PutBack putBack, Route route) {
        if (putBack instanceof PutBack.Version copy) {
            Side.DESTINATION.run(() ->
                    hidden.requireAllSeen(copy.replica(), route.destination().store()));
        }
    }

    /** Why what was written is not what it should be. */
    private record Wrong(FailureReason reason, String detail) {
        static Wrong differs(String detail) {
            return new Wrong(FailureReason.REPLICA_DIFFERS, detail);
        }

        Outcome fails(Attempt attempt) {
            return attempt.failed(reason, detail);
        }
    }

    /** Versioning was switched off since the bucket was last looked at (rule 19). */
    private Optional<Wrong> unversioned(ObjectKey replica, VersionId written) {
        if (!written.isNull()) {
            return Optional.empty();
        }
        buckets.forget(replica.bucket());
        return Optional.of(
                new Wrong(FailureReason.DstBucketUnversioned, "the destination answered without a version id"));
    }

    /** What putting back moved, and what is wrong with it. */
    private record Back(long moved, Optional<Wrong> wrong) {
        static final Back NOTHING = new Back(0, Optional.empty());
    }

    private Back putBack(PutBack putBack, Route route, Precondition precondition) throws InterruptedException {
        var store = route.destination().store();
        return switch (putBack) {
            case PutBack.Marker(var replica) -> {
                var id = Side.DESTINATION.call(() -> store.putDeleteMarker(replica, precondition));
                yield new Back(0, unversioned(replica, id));
            }
            case PutBack.Version(var head, var write) -> {
                var copied = copier.within(Side.DESTINATION, store, head, write.with(precondition));
                yield back(head, write, route, copied);
            }
            case PutBack.FromSource(var source, var write) -> {
                var copied = copy(source, write.with(precondition), route, Optional.empty());
                yield back(source, write, route, copied);
            }
        };
    }

    private Back back(ObjectHead from, ReplicaWrite write, Route route, Copied copied) {
        return new Back(
                copied.moved(),
                unversioned(write.destination(), copied.written().id())
                        .or(() -> difference(from, write, route, copied).map(Wrong::differs)));
    }

    /** What is put back on top goes above the late version only as long as nothing else does. */
    private static Precondition after(ReplicaWrite late, Written written) {
        return late.precondition() instanceof Precondition.Anything
                ? new Precondition.Anything()
                : new Precondition.StillETag(written.eTag());
    }

    /** A null version is mutable (rule 20): what was read may not be what is there now. */
    private static boolean hasMoved(Route route, ObjectHead head) {
        return !(Side.SOURCE.call(() -> route.source().store().head(head.version()))
                        instanceof HeadAnswer.Present(var now)
                && now.eTag().equals(head.eTag())
                && now.lastModified().equals(head.lastModified()));
    }
}

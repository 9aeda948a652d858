package io.tidelock.replicator.plan;

import static io.tidelock.replicator.plan.Answers.skip;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Decision.Decided;
import io.tidelock.replicator.plan.Plan.PutBack;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.Precondition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans for a version with data. What the event says of its order is believed only where the source's own time of
 * writing agrees; wherever they do not, or are missing, both stacks are listed and decide.
 */
final class VersionPlans {
    private final Marks marks;
    private final Eligibility eligibility;
    private final Draft draft;
    private final MutualMarkers mutual;
    private final Rivals rivals;
    private final Unmarked unmarked;
    private final Leftovers leftovers;

    VersionPlans(Marks marks, Eligibility eligibility, Draft draft) {
        this.marks = marks;
        this.unmarked = new Unmarked(marks);
        this.leftovers = new Leftovers(marks);
        this.eligibility = eligibility;
        this.draft = draft;
        this.mutual = new MutualMarkers(marks);
        this.rivals = new Rivals(marks);
    }

    Decided decide(Assignment assignment, Facts facts, Subject subject) {
        var obstacle = eligibility.ofBuckets(facts, subject);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        var top = marks.originOf(
                facts.get(new Question.DestinationHead()), assignment.source().bucket());
        if (Marks.names(top, subject.id()) && inPlace(assignment, top)) {
            return alreadyOnTop(assignment, facts, subject);
        }
        return interrupted(assignment, facts, subject, top).orElseGet(() -> decide(assignment, facts, subject, top));
    }

    /** The version was written late and this process or another died before it put back what was on top. */
    private Optional<Decided> interrupted(
            Assignment assignment, Facts facts, Subject subject, @Nullable OriginMark top) {
        if (top == null || inPlace(top) || !top.version().equals(subject.id())) {
            return Optional.empty();
        }
        var leftover = facts.get(new Question.DestinationHead()) instanceof HeadAnswer.Present(var replica)
                ? leftovers.missing(assignment, facts, subject.id(), replica)
                : Optional.<Decided>empty();
        if (leftover.isPresent()) {
            return leftover.map(VersionPlans::first);
        }
        var replicas = ReplicaStack.readLate(assignment, facts, marks);
        return replicas.covered().map(covered -> {
            var late = replicas.top().version().id();
            var decided = restack(
                    assignment,
                    facts,
                    subject,
                    late,
                    replicas,
                    covered,
                    "it came late, and what it covers was not put back");
            // the null version may have become another one meanwhile
            return subject.id().isNull() && decided.plan() instanceof Plan.Restack restack
                    ? new Decided(new Plan.StepFirst(restack), decided.because())
                    : decided;
        });
    }

    private Decided restack(
            Assignment assignment,
            Facts facts,
            Subject subject,
            VersionId late,
            ReplicaStack replicas,
            ReplicaStack.Replica covered,
            String because) {
        var seen = seen(assignment, replicas);
        return draft.putBack(assignment, facts, covered)
                .map(putBack -> new Decided(new Plan.Restack(subject.id(), late, putBack, seen), because))
                .orElseGet(VersionPlans::archived);
    }

    private static Precondition seen(Assignment assignment, ReplicaStack replicas) {
        if (!assignment.destination().conditionalWrites()) {
            return new Precondition.Anything();
        }
        return replicas.hasMarkerOnTop()
                ? new Precondition.Nothing()
                : new Precondition.StillETag(replicas.top().eTag());
    }

    private Decided decide(Assignment assignment, Facts facts, Subject subject, @Nullable OriginMark top) {
        return switch (facts.get(new Question.SourceHead(subject.id()))) {
            case SourceAnswer.Found(var source) ->
                eligibility
                        .ofVersion(assignment, facts, subject, source)
                        .orElseGet(() -> place(assignment, facts, subject, source, top));
            case SourceAnswer.Gone() -> skip(SkipReason.SRC_VERSION_NOT_FOUND, "the source does not hold it any more");
            case SourceAnswer.IsMarker() ->
                skip(SkipReason.SRC_VERSION_NOT_FOUND, "it is a delete marker at the source and has no data");
            case SourceAnswer.NeedsCustomerKey() ->
                skip(SkipReason.SSE_C_UNREADABLE, "only its writer has the SSE-C key");
        };
    }

    private Decided place(
            Assignment assignment, Facts facts, Subject subject, ObjectHead source, @Nullable OriginMark top) {
        if (facts.get(new Question.DestinationHead()) instanceof HeadAnswer.Missing) {
            return inOrder(assignment, facts, subject, source, "the destination holds nothing");
        }
        if (Marks.names(top, source) && inPlace(assignment, top)) {
            return alreadyOnTop(assignment, facts, subject);
        }
        if (isPlainlyNewer(subject, source, top)) {
            return inOrder(assignment, facts, subject, source, "it is newer than the current replica");
        }
        return placeByStacks(assignment, facts, subject, source);
    }

    private Decided placeByStacks(Assignment assignment, Facts facts, Subject subject, ObjectHead source) {
        var order = SourceOrder.around(subject, facts.get(new Question.SourceStack()));
        if (order == null || !(order.layer() instanceof DataVersion)) {
            return skip(SkipReason.SRC_VERSION_NOT_FOUND, "the source has just removed it");
        }
        var replicas = ReplicaStack.read(
                assignment,
                facts,
                marks,
                order,
                replica -> Marks.names(replica.origin(), source)
                        || (replica.head() != null && unmarked.isCopy(replica.head(), source, assignment)));
        var copies = replicas.copies();
        if (!copies.isEmpty()) {
            var leftover = leftovers.missing(assignment, facts, subject.id(), copies.getFirst());
            if (leftover.isPresent()) {
                return replicas.covered().isPresent() ? first(leftover.get()) : leftover.get();
            }
            return replicas.covered()
                    .map(covered -> restack(
                            assignment,
                            facts,
                            subject,
                            copies.getFirst().version().id(),
                            replicas,
                            covered,
                            "a late version covers what was current"))
                    .or(() -> leftovers.ofPutBack(assignment, facts, subject.id(), replicas))
                    .orElseGet(VersionPlans::already);
        }
        if (assignment.twoWay() && isOlderThanForeign(assignment, facts, source, order, replicas)) {
            return late(
                    assignment, facts, subject, source, replicas, "of concurrent changes the later one stays on top");
        }
        if (replicas.holdsNewer(order)) {
            return late(assignment, facts, subject, source, replicas, "a newer version is at the destination");
        }
        if (isUnderMarker(assignment, order, replicas)) {
            return late(assignment, facts, subject, source, replicas, "the marker above it is at the destination");
        }
        if (isUnderForeignAboveMarker(assignment, order, replicas)) {
            return late(
                    assignment,
                    facts,
                    subject,
                    source,
                    replicas,
                    "somebody wrote to the destination after the marker above it was made");
        }
        return inOrder(assignment, facts, subject, source, "nothing newer is at the destination");
    }

    /**
     * Of concurrent changes on both sides the later one wins, ties by version id; what was written above a copy of the
     * other is not concurrent. A marker at the destination counts as made there, unless one below the version at the
     * source may be its cause.
     */
    private boolean isOlderThanForeign(
            Assignment assignment, Facts facts, ObjectHead source, SourceOrder order, ReplicaStack replicas) {
        var mine = marks.birthOf(source);
        return replicas.underLate()
                .filter(top -> top.origin() == null)
                .filter(top -> top.head() != null
                        ? rivals.isLater(facts, marks.birthOf(top.head()), mine)
                                && !mutual.isAboveCopyOf(assignment, facts, order, top.head())
                        : mutual.birthOf(facts, order, top.layer())
                                .filter(theirs -> rivals.isLater(facts, theirs, mine))
                                .isPresent())
                .isPresent();
    }

    /**
     * Markers carry no mark, so which source marker one stands for is inferred. A marker waits for the newest eligible
     * version below it (rule 16), so an eligible version is normally found before its marker; one that became eligible
     * afterwards is not. The marker at the destination covers it if it was made after the version, and no source marker
     * below the version can have been its cause.
     */
    private static boolean isUnderMarker(Assignment assignment, SourceOrder order, ReplicaStack replicas) {
        return assignment.rule().deleteMarkers()
                && order.hasMarkerAbove()
                && !order.hasMarkerBelow()
                && replicas.underLate()
                        .filter(top -> top.head() == null)
                        .filter(marker -> !marker.layer()
                                .lastModified()
                                .isBefore(order.layer().lastModified()))
                        .isPresent();
    }

    /** A marker is never put above what somebody wrote to the destination after it; so what it hides must not come above either. */
    private static boolean isUnderForeignAboveMarker(Assignment assignment, SourceOrder order, ReplicaStack replicas) {
        return assignment.rule().deleteMarkers()
                && replicas.underLate()
                        .filter(top -> top.head() != null && top.origin() == null)
                        .filter(top -> order.hasMarkerAbove(top.layer().lastModified()))
                        .isPresent();
    }

    private Decided inOrder(Assignment assignment, Facts facts, Subject subject, ObjectHead source, String because) {
        return copy(
                assignment,
                facts,
                source,
                Marks.of(source, subject.sequencer(), Kind.IN_ORDER),
                Optional.empty(),
                because);
    }

    private Decided late(
            Assignment assignment,
            Facts facts,
            Subject subject,
            ObjectHead source,
            ReplicaStack replicas,
            String because) {
        if (assignment.history() == History.CURRENT) {
            return skip(SkipReason.SUPERSEDED, because);
        }
        var covered = replicas.underLate();
        if (covered.map(ReplicaStack.Replica::head)
                .filter(head -> !draft.canBePutBack(assignment, head))
                .isPresent()) {
            return Answers.refuse(
                    FailureReason.MARK_DOES_NOT_FIT,
                    "what it would cover has to be put back on top, and has no room for the origin mark");
        }
        var putBack = covered.flatMap(layer -> draft.putBack(assignment, facts, layer));
        if (covered.isPresent() && putBack.isEmpty()) {
            return archived();
        }
        return copy(assignment, facts, source, Marks.of(source, subject.sequencer(), Kind.LATE), putBack, because);
    }

    private Decided copy(
            Assignment assignment,
            Facts facts,
            ObjectHead source,
            OriginMark mark,
            Optional<PutBack> putBack,
            String because) {
        var plan = draft.replica(assignment, facts, source, mark, putBack);
        return plan.marked() || !assignment.twoWay()
                ? new Decided(plan, because)
                : Answers.refuse(
                        FailureReason.MARK_DOES_NOT_FIT, "the user metadata leaves no room for the origin mark");
    }

    private Decided alreadyOnTop(Assignment assignment, Facts facts, Subject subject) {
        return facts.get(new Question.DestinationHead()) instanceof HeadAnswer.Present(var replica)
                ? leftovers.missing(assignment, facts, subject.id(), replica).orElseGet(VersionPlans::already)
                : already();
    }

    private static Decided first(Decided step) {
        return new Decided(new Plan.StepFirst(step.plan()), step.because());
    }

    private static Decided archived() {
        return Answers.refuse(
                FailureReason.DST_ARCHIVED,
                "what it would cover has to be put back on top, is archived, and cannot be read from the source");
    }

    private static Decided already() {
        return skip(SkipReason.ALREADY_REPLICATED, "the destination holds this version");
    }

    /** What covers it has to be looked for, too, where its writer may not have seen what was there. */
    private static boolean inPlace(Assignment assignment, @Nullable OriginMark top) {
        return inPlace(top) && !assignment.looksForLateWrites();
    }

    private static boolean inPlace(@Nullable OriginMark top) {
        return top != null && top.kind() != Kind.LATE;
    }

    /** Both the event's sequencer and the source's own time must say so: an event alone is a hint. */
    private static boolean isPlainlyNewer(Subject subject, ObjectHead source, @Nullable OriginMark top) {
        if (top == null || !inPlace(top)) {
            return false;
        }
        var mine = subject.sequencer();
        var theirs = top.sequencer();
        return mine != null
                && theirs != null
                && mine.compareTo(theirs) > 0
                && source.lastModified().isAfter(top.lastModified());
    }
}

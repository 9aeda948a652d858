package io.tidelock.replicator.plan;

import static io.tidelock.replicator.plan.Answers.skip;

import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.VersionStack.Marker;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Decision.Decided;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.Precondition;
import java.util.Optional;
import java.util.Set;

/** Plans for a delete marker: by the rule, after its data, and never above anything newer. */
final class MarkerPlans {
    private final Marks marks;
    private final Unmarked unmarked;
    private final MutualMarkers mutual;
    private final Rivals rivals;
    private final Eligibility eligibility;
    private final VersionPlans versions;
    private final Set<String> ownPrincipals;

    MarkerPlans(Marks marks, Eligibility eligibility, VersionPlans versions, Set<String> ownPrincipals) {
        this.marks = marks;
        this.unmarked = new Unmarked(marks);
        this.mutual = new MutualMarkers(marks);
        this.rivals = new Rivals(marks);
        this.eligibility = eligibility;
        this.versions = versions;
        this.ownPrincipals = ownPrincipals;
    }

    Decided decide(Assignment assignment, Facts facts, DeleteMarkerCreated event) {
        return obstacle(assignment, event)
                .or(() -> eligibility.ofDestination(facts))
                .orElseGet(() -> Resolution.marker(facts, event.occurrence())
                        .map(subject -> place(assignment, facts, subject))
                        .orElseGet(MarkerPlans::gone));
    }

    /**
     * Whether a marker has to be put on top again. Only where the destination holds one that was made after it: a listing does not tell
     * whether lifecycle made a marker (rule 14), but such a one was never propagated.
     */
    Optional<Decided> decideAgain(Assignment assignment, Facts facts, Marker marker) {
        return assignment.rule().deleteMarkers()
                        && facts.get(new Question.DestinationStack()).layers().stream()
                                .anyMatch(layer -> layer instanceof Marker
                                        && !layer.lastModified().isBefore(marker.lastModified()))
                ? Optional.of(place(assignment, facts, Subject.listed(marker.id())))
                : Optional.empty();
    }

    private Optional<Decided> obstacle(Assignment assignment, DeleteMarkerCreated event) {
        var principal = event.occurrence().principal();
        if (principal != null && ownPrincipals.contains(principal)) {
            return Optional.of(skip(SkipReason.SOURCE_IS_REPLICA, "Tidelock made this marker"));
        }
        if (assignment.rule().deleteMarkers()) {
            return assignment.asksAnotherRule()
                    ? Optional.of(skip(SkipReason.ANOTHER_RULE, "a job asked a rule that this one goes before"))
                    : Optional.empty();
        }
        return Optional.of(
                assignment.rule().filter().needsTags()
                        ? skip(SkipReason.TAGS_DO_NOT_MATCH, "a marker has no tags")
                        : skip(SkipReason.MARKERS_NOT_PROPAGATED, "the rule does not propagate markers"));
    }

    private Decided place(Assignment assignment, Facts facts, Subject subject) {
        var order = SourceOrder.around(subject, facts.get(new Question.SourceStack()));
        return order != null && order.layer() instanceof Marker marker
                ? mutual.obstacle(assignment, facts, order)
                        .or(() -> obstacleAtDestination(assignment, facts, order, marker))
                        .or(() -> dataFirst(assignment, facts, order))
                        .orElseGet(() -> onTop(assignment, facts, subject))
                : gone();
    }

    /** A marker is never put above anything newer. */
    private Optional<Decided> obstacleAtDestination(
            Assignment assignment, Facts facts, SourceOrder order, Marker marker) {
        if (!(facts.get(new Question.DestinationHead()) instanceof HeadAnswer.Present(var top))) {
            return Optional.empty();
        }
        var origin = marks.originOf(top, assignment.source().bucket());
        if (origin == null
                && isAfter(assignment, facts, top, marker)
                && !(assignment.twoWay() && mutual.isAboveCopyOf(assignment, facts, order, top))
                && unmarked.originAmong(order.data(), top, assignment, facts).isEmpty()) {
            return Optional.of(outdated("somebody wrote to the destination after the marker was made"));
        }
        var newest = origin != null && origin.kind() != Kind.LATE
                ? Optional.of(origin)
                : ReplicaStack.read(assignment, facts, marks, order, _ -> false).newestInOrder();
        return newest.filter(order::isNewer).map(_ -> outdated("a newer version is at the destination"));
    }

    private boolean isAfter(Assignment assignment, Facts facts, ObjectHead top, Marker marker) {
        return assignment.twoWay()
                ? rivals.isLater(facts, marks.birthOf(top), Birth.of(marker))
                : top.lastModified().isAfter(marker.lastModified());
    }

    private static Decided onTop(Assignment assignment, Facts facts, Subject subject) {
        return facts.get(new Question.DestinationHead()) instanceof HeadAnswer.DeleteMarker
                ? skip(SkipReason.MARKER_ALREADY_THERE, "the destination's current entry is a marker")
                : new Decided(
                        new Plan.PropagateDeleteMarker(subject.id(), assignment.replica(), seen(facts)),
                        "the marker is newer than what the destination holds");
    }

    /** A marker that arrives late must not hide what its next owner has written meanwhile. */
    private static Precondition seen(Facts facts) {
        return facts.get(new Question.DestinationHead()) instanceof HeadAnswer.Present(var top)
                ? new Precondition.StillETag(top.eTag())
                : new Precondition.Anything();
    }

    /**
     * Rule 16: the newest version below the marker that can be replicated has to be there before the marker.
     * Where the rule selects by tag, the marker belongs to it when it hides such a version: the marker has no tags itself.
     */
    private Optional<Decided> dataFirst(Assignment assignment, Facts facts, SourceOrder order) {
        for (var below : order.dataBelow()) {
            var decided = versions.decide(assignment, facts, Subject.listed(below));
            switch (decided.plan()) {
                case Plan.Replicate step -> {
                    return Optional.of(waitsFor(step));
                }
                case Plan.Restack step -> {
                    return Optional.of(waitsFor(step));
                }
                case Plan.Skip(var reason)
                when reason == SkipReason.ALREADY_REPLICATED || reason == SkipReason.SUPERSEDED -> {
                    return Optional.empty();
                }
                case Plan.Skip _, Plan.Refuse _ -> {
                    // it will never be there: the one below it counts
                }
                case Plan.StepFirst _ -> {
                    return Optional.of(decided);
                }
                case Plan.SyncMetadata step -> {
                    return Optional.of(waitsFor(step));
                }
                case Plan.PropagateDeleteMarker _ ->
                    throw new IllegalStateException("not a plan for a version: " + decided);
            }
        }
        return !assignment.rule().filter().needsTags()
                ? Optional.empty()
                : Optional.of(skip(SkipReason.TAGS_DO_NOT_MATCH, "it hides no version that the rule selects"));
    }

    private static Decided waitsFor(Plan step) {
        return new Decided(new Plan.StepFirst(step), "the version below the marker is not at the destination yet");
    }

    private static Decided gone() {
        return skip(SkipReason.SRC_VERSION_NOT_FOUND, "the source does not hold this marker any more");
    }

    private static Decided outdated(String because) {
        return skip(SkipReason.MARKER_OUTDATED, because);
    }
}

package io.tidelock.replicator.plan;

import static io.tidelock.replicator.plan.Answers.skip;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Decision.Decided;
import io.tidelock.replicator.store.HeadAnswer;
import java.util.Optional;

/** What the entries of two buckets that replicate to each other are to one another: whose a marker is, and what was written above what. */
final class MutualMarkers {
    private final Marks marks;

    MutualMarkers(Marks marks) {
        this.marks = marks;
    }

    /** Why the destination is past a source marker already, or empty where it is not. */
    Optional<Decided> obstacle(Assignment assignment, Facts facts, SourceOrder order) {
        if (!assignment.twoWay()) {
            return Optional.empty();
        }
        if (order.dataAbove().stream().anyMatch(id -> isFromDestination(assignment, facts, id))) {
            return Optional.of(skip(SkipReason.MARKER_OUTDATED, "a version of the destination stands above it"));
        }
        if (!(facts.get(new Question.DestinationHead()) instanceof HeadAnswer.Present)) {
            return Optional.empty();
        }
        var pairs = MarkerPairs.of(facts, marks);
        if (pairs.isPutBack(order.layer()) || pairs.originOf(order.layer()).isPresent()) {
            return Optional.of(skip(SkipReason.SOURCE_IS_REPLICA, "it stands for another marker"));
        }
        return pairs.wasWrittenOver(order.layer(), order.below())
                ? Optional.of(skip(
                        SkipReason.MARKER_OUTDATED, "it is at the destination, below a version that was written since"))
                : Optional.empty();
    }

    /** What came late stands above a marker only because it had to be written at all. */
    private boolean isFromDestination(Assignment assignment, Facts facts, VersionId id) {
        if (!(facts.get(new Question.SourceHead(id)) instanceof SourceAnswer.Found(var head))) {
            return false;
        }
        var origin = marks.originOf(head, assignment.replica().bucket());
        return origin != null && origin.kind() != Kind.LATE;
    }

    /** When a marker of the destination was made there; empty where that is the copy of one below the source entry, or has its copy there. */
    Optional<Birth> birthOf(Facts facts, SourceOrder order, Layer replicaMarker) {
        var pairs = MarkerPairs.of(facts, marks);
        var original = pairs.original(replicaMarker);
        var isAboveIt =
                pairs.originOf(replicaMarker).filter(order.below()::contains).isPresent()
                        || order.below().stream()
                                .anyMatch(layer -> pairs.originOf(layer)
                                        .filter(original::equals)
                                        .isPresent());
        return isAboveIt ? Optional.empty() : Optional.of(Birth.of(original));
    }

    /**
     * Whether a source entry lies above a copy of what the destination holds: who wrote it could see that, so it is later, whatever the clocks say.
     * A copy is as long as what it copies, so few have to be looked at.
     */
    boolean isAboveCopyOf(Assignment assignment, Facts facts, SourceOrder order, ObjectHead theirs) {
        var original = marks.birthOf(theirs).id();
        return order.below().stream()
                .filter(layer -> layer instanceof DataVersion data && data.sizeBytes() == theirs.sizeBytes())
                .anyMatch(layer -> facts.get(new Question.SourceHead(layer.id()))
                                instanceof SourceAnswer.Found(var below)
                        && Marks.names(
                                marks.originOf(below, assignment.replica().bucket()), original));
    }
}

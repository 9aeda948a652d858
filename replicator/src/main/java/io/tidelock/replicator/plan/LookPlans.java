package io.tidelock.replicator.plan;

import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Look.Purpose;
import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Decision.Decided;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a job's look at a version adds to the plan for it: events about tags, ACL and lock may have been lost as well, so a
 * replica that is in place is compared with its source. Reads tags only where either has any, ACLs only where they are
 * copied.
 */
final class LookPlans {
    /** These say nothing about whether a replica was made at some time. */
    private static final Set<SkipReason> MAY_BE_THERE = EnumSet.of(
            SkipReason.ALREADY_REPLICATED,
            SkipReason.SOURCE_IS_REPLICA,
            SkipReason.TAGS_DO_NOT_MATCH,
            SkipReason.KMS_NOT_SELECTED,
            SkipReason.ARCHIVED);

    private final Marks marks;
    private final MetadataPlans metadata;

    LookPlans(Marks marks, MetadataPlans metadata) {
        this.marks = marks;
        this.metadata = metadata;
    }

    /** The plan itself, or what a replica that is there lacks. */
    Decided compared(Assignment assignment, Facts facts, ObjectCreated event, Subject subject, Decided decided) {
        var look = event.occurrence().look();
        if (look == null || !mayBeThere(decided.plan())) {
            return decided;
        }
        var bySweep = look.purpose() != Purpose.RESYNC;
        return source(assignment, facts, subject)
                .flatMap(source -> compared(assignment, facts, source, bySweep))
                .map(found -> decided.plan() instanceof Plan.Restack && found.plan() instanceof Plan.SyncMetadata
                        ? new Decided(new Plan.StepFirst(found.plan()), found.because())
                        : found)
                .orElse(decided);
    }

    private static boolean mayBeThere(Plan plan) {
        return switch (plan) {
            case Plan.Skip(var reason) -> MAY_BE_THERE.contains(reason);
            case Plan.Restack _, Plan.SyncMetadata _ -> true;
            case Plan.Replicate _, Plan.StepFirst _, Plan.PropagateDeleteMarker _, Plan.Refuse _ -> false;
        };
    }

    /** Empty where there is nothing to compare with: the version is gone, cannot be read, or was born elsewhere, where it is compared. */
    private Optional<ObjectHead> source(Assignment assignment, Facts facts, Subject subject) {
        var answer = facts.answer(new Question.SourceHead(subject.id()))
                .orElseGet(() -> facts.get(new Question.SourceMetadata(subject.id())));
        if (!(answer instanceof SourceAnswer.Found(var found))) {
            return Optional.empty();
        }
        var source = metadata.standsForIt(assignment, facts, subject, found);
        var origin = marks.originOf(source);
        return origin == null || origin.source().equals(assignment.source().bucket())
                ? Optional.of(source)
                : Optional.empty();
    }

    private Optional<Decided> compared(Assignment assignment, Facts facts, ObjectHead source, boolean bySweep) {
        var copies = metadata.copies(
                assignment, facts, Subject.listed(source.version().id()), source, marks.originOf(source));
        if (copies.isEmpty()) {
            return Optional.empty();
        }
        var obstacle = LockPlans.obstacle(facts, source);
        if (obstacle.isPresent()) {
            return obstacle;
        }
        var changes = new ArrayList<MetadataChange>();
        // what was changed over there may be on its way here, and nobody asked for this look
        if (!bySweep || !assignment.modificationsFlowBack()) {
            changes.addAll(tags(facts, source, copies));
            if (AclPlans.isCopied(assignment, facts)) {
                changes.addAll(MetadataPlans.aclChanges(assignment, facts, source, copies));
            }
        }
        changes.addAll(MetadataPlans.lockChanges(facts, source, copies));
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Decided(
                        new Plan.SyncMetadata(source.version().id(), changes, assignment.modificationsFlowBack()),
                        "the replica that is there has other tags, another ACL or less of a lock"));
    }

    private static List<MetadataChange> tags(Facts facts, ObjectHead source, List<ObjectHead> copies) {
        var tagged = copies.stream()
                .filter(copy -> source.tagCount() > 0 || copy.tagCount() > 0)
                .toList();
        return tagged.isEmpty() ? List.of() : MetadataPlans.tagChanges(facts, source, tagged);
    }
}

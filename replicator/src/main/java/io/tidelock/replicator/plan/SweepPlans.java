package io.tidelock.replicator.plan;

import static io.tidelock.replicator.plan.Answers.refuse;
import static io.tidelock.replicator.plan.Answers.skip;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Look.Purpose;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Decision.Decided;

/** Keeps a sweep from what it is not to do: bring back what somebody removed, and try in vain what failed before. */
final class SweepPlans {
    private SweepPlans() {}

    /** The plan itself, or less than that. */
    static Decided bounded(BucketEvent event, Facts facts, Decided decided) {
        var look = event.occurrence().look();
        var version = event.occurrence().versionId();
        if (look == null || look.purpose() == Purpose.RESYNC || version == null) {
            return decided;
        }
        var again = look.purpose() == Purpose.SWEEP_AGAIN;
        return switch (decided.plan()) {
            case Plan.Skip _, Plan.Restack _, Plan.SyncMetadata _ -> decided;
            case Plan.StepFirst(var step) ->
                step instanceof Plan.Replicate data
                        ? bounded(again, facts, decided, data.source().version().id())
                        : decided;
            case Plan.Refuse _, Plan.Replicate _, Plan.PropagateDeleteMarker _ ->
                bounded(again, facts, decided, version);
        };
    }

    /** A null version is looked up by what it holds now; a null marker holds nothing that would tell it from another one, and is not bounded. */
    private static Decided bounded(boolean again, Facts facts, Decided decided, VersionId written) {
        if (!written.isNull()) {
            return bounded(again, facts, decided, new Question.Journalled(written, null));
        }
        return facts.get(new Question.SourceHead(written)) instanceof SourceAnswer.Found(var now)
                ? bounded(again, facts, decided, new Question.Journalled(written, now.eTag()))
                : decided;
    }

    private static Decided bounded(boolean again, Facts facts, Decided decided, Question.Journalled journalled) {
        return switch (facts.get(journalled)) {
            case NOTHING -> decided;
            case WAS_THERE -> removed(decided);
            case WAS_THERE_AND_FAILED -> again ? removed(decided) : failedBefore();
            case FAILED -> again ? decided : failedBefore();
            case UNCERTAIN ->
                skip(
                        SkipReason.LEFT_TO_NEXT_SWEEP,
                        "it seems to have been there, and there are more versions than an instance can tell apart");
            case UNREADABLE -> skip(SkipReason.LEFT_TO_NEXT_SWEEP, "outcomes cannot be read now");
        };
    }

    private static Decided removed(Decided decided) {
        return decided.plan() instanceof Plan.Refuse
                ? decided
                : refuse(FailureReason.DstObjectHardDeleted, "it was there, and somebody removed it for good");
    }

    private static Decided failedBefore() {
        return skip(SkipReason.FAILED_BEFORE, "it failed before, and the configuration is the same");
    }
}

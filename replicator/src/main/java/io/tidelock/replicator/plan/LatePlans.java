package io.tidelock.replicator.plan;

import static io.tidelock.replicator.plan.Answers.skip;

import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.domain.VersionStack.Marker;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Decision.Decided;
import java.util.Optional;

/**
 * Looks at a key that a former owner may have written to late: the newest source entry that the rule propagates has to be on top, whatever
 * the marks of what covers it say. Reads both stacks.
 */
final class LatePlans {
    private final VersionPlans versions;
    private final MarkerPlans markers;

    LatePlans(VersionPlans versions, MarkerPlans markers) {
        this.versions = versions;
        this.markers = markers;
    }

    Decided decide(Assignment assignment, Facts facts) {
        if (assignment.asksAnotherRule()) {
            return skip(SkipReason.TAGS_DO_NOT_MATCH, "the look is about another rule");
        }
        for (var layer : facts.get(new Question.SourceStack()).layers()) {
            var decided = decide(assignment, facts, layer);
            if (decided.isPresent() && concerns(decided.get().plan())) {
                return decided.get();
            }
        }
        return skip(SkipReason.NO_OBJECT_YET, "the source holds nothing that the rule propagates");
    }

    private Optional<Decided> decide(Assignment assignment, Facts facts, Layer layer) {
        return switch (layer) {
            case DataVersion data -> Optional.of(versions.decide(assignment, facts, Subject.listed(data.id())));
            case Marker marker -> markers.decideAgain(assignment, facts, marker);
        };
    }

    /** Whether the entry is one that the rule propagates; what cannot be replicated leaves that to the one below. */
    private static boolean concerns(Plan plan) {
        return switch (plan) {
            case Plan.Skip(var reason) ->
                reason == SkipReason.ALREADY_REPLICATED
                        || reason == SkipReason.SUPERSEDED
                        || reason == SkipReason.MARKER_ALREADY_THERE
                        || reason == SkipReason.MARKER_OUTDATED;
            case Plan.Refuse _ -> false;
            case Plan.Replicate _,
                    Plan.Restack _,
                    Plan.StepFirst _,
                    Plan.PropagateDeleteMarker _,
                    Plan.SyncMetadata _ -> true;
        };
    }
}

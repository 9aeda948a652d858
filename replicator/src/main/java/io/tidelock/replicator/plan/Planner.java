package io.tidelock.replicator.plan;

import static io.tidelock.replicator.plan.Answers.skip;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Decision.Ask;
import io.tidelock.replicator.plan.Decision.Decided;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what to do about an event under a rule. An event is a hint and the version stacks are the truth, but asking for
 * them is dear: so the planner is asked again and again with what is known so far, and answers with the one fact that it
 * lacks until it can decide. Pure and thread-safe: the same facts give the same decision.
 */
public final class Planner {
    private final VersionPlans versions;
    private final MarkerPlans markers;
    private final MetadataPlans metadata;
    private final LatePlans late;
    private final LookPlans looks;

    /**
     * @param keys the keys that origin marks are made and verified with
     * @param ownPrincipals how event sources spell Tidelock's own identities; empty when they do not say who wrote
     */
    public Planner(MarkKeys keys, Set<String> ownPrincipals) {
        var marks = new Marks(keys);
        var own = Set.copyOf(ownPrincipals);
        var eligibility = new Eligibility(marks, own);
        versions = new VersionPlans(marks, eligibility, new Draft(marks));
        markers = new MarkerPlans(marks, eligibility, versions, own);
        metadata = new MetadataPlans(marks, eligibility, versions, own);
        late = new LatePlans(versions, markers);
        looks = new LookPlans(marks, metadata);
    }

    /** The plan, or the first question whose answer it depends on. */
    public Decision decide(Assignment assignment, Facts facts) {
        try {
            return byCause(assignment.event())
                    .orElseGet(() -> SweepPlans.bounded(assignment.event(), facts, byKind(assignment, facts)));
        } catch (Facts.Unknown unknown) {
            return new Ask(unknown.question());
        }
    }

    /** Rules 13, 14 and 48: some events never lead to anything, whatever both sides hold. */
    private static Optional<Decided> byCause(BucketEvent event) {
        return switch (event.occurrence().cause()) {
            case LIFECYCLE -> Optional.of(skip(SkipReason.MADE_BY_LIFECYCLE, "lifecycle is never propagated"));
            case REPLICATION ->
                Optional.of(skip(SkipReason.SOURCE_IS_REPLICA, "the store's own replication brought it here"));
            case REQUEST, JOB -> Optional.empty();
        };
    }

    private Decided byKind(Assignment assignment, Facts facts) {
        if (assignment.looksForLateWrites()) {
            return late.decide(assignment, facts);
        }
        return switch (assignment.event()) {
            case ObjectCreated created ->
                Resolution.version(facts, created)
                        .map(subject -> looks.compared(
                                assignment, facts, created, subject, versions.decide(assignment, facts, subject)))
                        .orElseGet(
                                () -> skip(SkipReason.NO_OBJECT_YET, "the source holds nothing that the event fits"));
            case DeleteMarkerCreated marker -> markers.decide(assignment, facts, marker);
            case MetadataChanged changed -> metadata.decide(assignment, facts, changed);
            case VersionRemoved _ ->
                skip(
                        SkipReason.REMOVALS_NEVER_PROPAGATED,
                        "permanent deletions and undeletes stay where they are made");
        };
    }
}

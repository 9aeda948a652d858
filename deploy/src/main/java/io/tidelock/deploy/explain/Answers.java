package io.tidelock.deploy.explain;

import io.tidelock.replicator.execute.Foresight.Foreseen;
import io.tidelock.replicator.plan.MetadataChange;
import io.tidelock.replicator.plan.Plan;

/** What would be done, in words. */
final class Answers {
    private Answers() {}

    static boolean needsPerson(Foreseen foreseen) {
        return switch (foreseen) {
            case Foreseen.Fails _ -> true;
            case Foreseen.Planned planned -> planned.plan() instanceof Plan.Refuse;
            case Foreseen.Ends _, Foreseen.Retries _ -> false;
        };
    }

    /** One word for machines. */
    static String action(Foreseen foreseen) {
        return switch (foreseen) {
            case Foreseen.Planned planned -> action(planned.plan());
            case Foreseen.Ends _ -> "skip";
            case Foreseen.Fails _ -> "fail";
            case Foreseen.Retries _ -> "retry";
        };
    }

    private static String action(Plan plan) {
        return switch (plan) {
            case Plan.Replicate _ -> "replicate";
            case Plan.StepFirst(var step) -> action(step) + "-first";
            case Plan.Restack _ -> "restack";
            case Plan.PropagateDeleteMarker _ -> "propagate-delete-marker";
            case Plan.SyncMetadata _ -> "sync-metadata";
            case Plan.Skip _ -> "skip";
            case Plan.Refuse _ -> "fail";
        };
    }

    /** The reason's code where there is one, or empty. */
    static String reason(Foreseen foreseen) {
        return switch (foreseen) {
            case Foreseen.Planned planned ->
                switch (planned.plan()) {
                    case Plan.Skip(var reason) -> reason.name();
                    case Plan.Refuse refuse -> refuse.reason().name();
                    case Plan.Replicate _,
                            Plan.StepFirst _,
                            Plan.Restack _,
                            Plan.PropagateDeleteMarker _,
                            Plan.SyncMetadata _ -> "";
                };
            case Foreseen.Ends ends -> ends.reason().name();
            case Foreseen.Fails fails -> fails.reason().name();
            case Foreseen.Retries retries -> retries.reason().name();
        };
    }

    /** Why. */
    static String because(Foreseen foreseen) {
        return switch (foreseen) {
            case Foreseen.Planned planned -> planned.because();
            case Foreseen.Ends ends -> ends.detail();
            case Foreseen.Fails fails -> fails.detail();
            case Foreseen.Retries retries -> retries.detail();
        };
    }

    /** What a person can do about it, or empty. */
    static String remedy(Foreseen foreseen) {
        return switch (foreseen) {
            case Foreseen.Planned planned ->
                planned.plan() instanceof Plan.Refuse refuse ? refuse.reason().remedy() : "";
            case Foreseen.Fails fails -> fails.reason().remedy();
            case Foreseen.Retries retries -> retries.reason().remedy();
            case Foreseen.Ends _ -> "";
        };
    }

    /** What exactly would be written, or empty when nothing would. */
    static String effect(Foreseen foreseen) {
        return foreseen instanceof Foreseen.Planned planned ? effect(planned.plan()) : "";
    }

    private static String effect(Plan plan) {
        return switch (plan) {
            case Plan.Replicate replicate ->
                "copies version " + replicate.source().version().id() + " ("
                        + replicate.source().sizeBytes()
                        + " bytes, " + replicate.write().encryption()
                        + (replicate.marked() ? "" : ", without the origin mark")
                        + ")" + (replicate.putBack().isPresent() ? ", and puts back on top what it covers" : "");
            case Plan.StepFirst(var step) -> "first " + effect(step) + ", then decides again";
            case Plan.Restack restack -> "puts back on top what the late version " + restack.late() + " covers";
            case Plan.PropagateDeleteMarker marker -> "puts a delete marker on " + marker.replica();
            case Plan.SyncMetadata sync ->
                "changes "
                        + sync.changes().stream()
                                .map(Answers::change)
                                .distinct()
                                .toList();
            case Plan.Skip _, Plan.Refuse _ -> "";
        };
    }

    private static String change(MetadataChange change) {
        return switch (change) {
            case MetadataChange.Tags tags -> "tags of " + tags.replica().id() + " to " + tags.tags();
            case MetadataChange.Acl acl -> "the ACL of " + acl.replica().id();
            case MetadataChange.Retention kept ->
                "the retention of " + kept.replica().id() + " to " + kept.until();
            case MetadataChange.Hardening harder ->
                "the retention of " + harder.replica().id() + " to COMPLIANCE until " + harder.until();
            case MetadataChange.LegalHold hold ->
                "the legal hold of " + hold.replica().id();
        };
    }
}

package io.tidelock.ingest.decode;

import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.Cause;
import io.tidelock.ingest.json.Flaw;
import io.tidelock.ingest.json.FlawException;
import java.util.Locale;

/** What the name of an event means, whoever spells it (rule 48). */
sealed interface Meaning {
    /** A version was written. */
    record Created(Cause cause) implements Meaning {}

    /** A delete marker was put on top. */
    record MarkerMade(Cause cause) implements Meaning {}

    /** A version or marker is gone. */
    record Removed(Cause cause) implements Meaning {}

    /** All versions of a key are gone. */
    record AllRemoved(Cause cause) implements Meaning {}

    /** Something about a version changed. */
    record Changed(Aspect aspect) implements Meaning {}

    /** No bucket event. */
    record Nothing(IgnoredReason reason) implements Meaning {}

    /**
     * The meaning of an S3 event name without a leading {@code s3:}. Names under {@code ObjectCreated:} that are not
     * known still mean that a version is there to look at; any other unknown name is a flaw, so that a new kind of event
     * is kept in the dead letters rather than lost.
     */
    static Meaning ofName(String name, String path) throws FlawException {
        int colon = name.indexOf(':');
        var family = colon < 0 ? name : name.substring(0, colon);
        var member = colon < 0 ? "" : name.substring(colon + 1);
        return switch (family) {
            case "ObjectCreated" -> created(member);
            case "ObjectRemoved" -> removed(name, member, Cause.REQUEST, path);
            case "LifecycleExpiration", "LifecycleDelMarkerExpiration" -> removed(name, member, Cause.LIFECYCLE, path);
            case "ObjectLifecycle" -> cephLifecycle(name, member.toLowerCase(Locale.ROOT), path);
            case "ObjectSynced" -> synced(name, member, path);
            case "Replication" ->
                member.startsWith("Operation")
                        ? new Nothing(IgnoredReason.REPLICATION_REPORT)
                        : synced(name, member, path);
            case "ObjectTagging" -> new Changed(Aspect.TAGS);
            case "ObjectAcl" -> new Changed(Aspect.ACL);
            case "ObjectAccessed", "ReducedRedundancyLostObject", "Scanner" -> new Nothing(IgnoredReason.NO_CHANGE);
            // what was restored can be read again, and copied (rules 24 and 43)
            case "ObjectRestore" ->
                member.equals("Completed") ? new Created(Cause.REQUEST) : new Nothing(IgnoredReason.STORAGE_CLASS);
            case "ObjectTransition", "LifecycleTransition", "IntelligentTiering" ->
                new Nothing(IgnoredReason.STORAGE_CLASS);
            case "BucketCreated", "BucketRemoved" -> new Nothing(IgnoredReason.BUCKET);
            case "ObjectAnnotation" -> new Nothing(IgnoredReason.ANNOTATION);
            case "TestEvent" -> new Nothing(IgnoredReason.TEST_EVENT);
            default -> throw unknown(name, path);
        };
    }

    /** MinIO reports changes of tags, retention and hold under this name; they are no new objects. */
    private static Meaning created(String member) {
        return switch (member) {
            case "PutTagging", "DeleteTagging" -> new Changed(Aspect.TAGS);
            case "PutRetention" -> new Changed(Aspect.RETENTION);
            case "PutLegalHold" -> new Changed(Aspect.LEGAL_HOLD);
            default -> new Created(Cause.REQUEST);
        };
    }

    private static Meaning removed(String name, String member, Cause cause, String path) throws FlawException {
        return switch (member) {
            case "Delete" -> new Removed(cause);
            case "DeleteMarkerCreated" -> new MarkerMade(cause);
            case "DeleteAllVersions" -> new AllRemoved(cause);
            case "NoOP" -> new Nothing(IgnoredReason.NO_CHANGE);
            default -> throw unknown(name, path);
        };
    }

    private static Meaning cephLifecycle(String name, String member, String path) throws FlawException {
        if (member.startsWith("transition")) {
            return new Nothing(IgnoredReason.STORAGE_CLASS);
        }
        return switch (member) {
            case "expiration:current" -> new MarkerMade(Cause.LIFECYCLE);
            case "expiration", "expiration:noncurrent", "expiration:deletemarker" -> new Removed(Cause.LIFECYCLE);
            case "expiration:abortmpu", "expiration:abortmultipartupload" -> new Nothing(IgnoredReason.UPLOAD);
            default -> throw unknown(name, path);
        };
    }

    private static Meaning synced(String name, String member, String path) throws FlawException {
        return switch (member) {
            case "Create" -> new Created(Cause.REPLICATION);
            case "Delete" -> new Removed(Cause.REPLICATION);
            case "DeletionMarkerCreated" -> new MarkerMade(Cause.REPLICATION);
            default -> throw unknown(name, path);
        };
    }

    private static FlawException unknown(String name, String path) {
        return new FlawException(Flaw.UNKNOWN_EVENT, path + " is \"" + name + "\", which is not known");
    }
}

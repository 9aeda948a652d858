package io.tidelock.ingest.decode;

import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.VersionId;
import io.tidelock.ingest.json.Flaw;
import io.tidelock.ingest.json.FlawException;
import io.tidelock.ingest.json.JsonFields;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One S3 event as Amazon EventBridge delivers it
 * (docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html).
 */
final class EventBridgeReader {
    private static final String LIFECYCLE_REASON = "Lifecycle Expiration";
    private static final String SERVICE_ITSELF = "s3.amazonaws.com";

    /** Calls on a bucket rather than an object come by way of CloudTrail (ev-events.html, "S3 CloudTrail events"). */
    private static final String CALL = "AWS API Call via CloudTrail";

    private static final Set<String> REPLICATION_CALLS = Set.of("PutBucketReplication", "DeleteBucketReplication");

    private final String store;

    EventBridgeReader(String store) {
        this.store = store;
    }

    /** A name as notifications spell it, and what it means. */
    private record Named(String name, Meaning meaning) {}

    /** Adds what the event says. */
    void read(JsonFields event, Parts parts) throws FlawException {
        var source = event.text("source", EventFields.TEXT_CHARS_MAX);
        if (!source.equals("aws.s3")) {
            throw new FlawException(
                    Flaw.UNKNOWN_ENVELOPE, event.at("source") + " must be \"aws.s3\", was \"" + source + "\"");
        }
        var type = event.text("detail-type", EventFields.TEXT_CHARS_MAX);
        var detail = event.object("detail");
        if (type.equals(CALL)) {
            readCall(detail, parts);
            return;
        }
        var named = named(type, detail, event);
        if (named.meaning() instanceof Meaning.Nothing(var reason)) {
            parts.ignore(reason);
            return;
        }
        var object = detail.object("object");
        var spelled = object.text("key", EventFields.TEXT_CHARS_MAX);
        var fields = new EventFields(
                new ObjectKey(
                        EventFields.bucket(store, detail.object("bucket")),
                        ObjectKeys.decode(spelled, SourceFormat.EVENTBRIDGE, object.at("key"))),
                VersionId.of(object.textOrNull("version-id", EventFields.TEXT_CHARS_MAX)),
                event.instant("time"),
                Sequencers.read(object, SourceFormat.EVENTBRIDGE),
                detail.textOrNull("requester", EventFields.TEXT_CHARS_MAX),
                named.name(),
                object.countHint("size"),
                EventFields.eTag(object, "etag"));
        parts.add(fields.event(named.meaning()));
    }

    /** Of calls, only those matter that took effect on what a bucket's rules are. */
    private void readCall(JsonFields detail, Parts parts) throws FlawException {
        var name = detail.text("eventName", EventFields.TEXT_CHARS_MAX);
        if (!REPLICATION_CALLS.contains(name) || detail.has("errorCode")) {
            parts.ignore(IgnoredReason.BUCKET);
            return;
        }
        parts.reconfigured(EventFields.bucket(store, detail.object("requestParameters"), "bucketName"));
    }

    private static Named named(String type, JsonFields detail, JsonFields event) throws FlawException {
        var reason = detail.textOrNull("reason", EventFields.TEXT_CHARS_MAX);
        return switch (type) {
            case "Object Created" ->
                new Named("ObjectCreated:" + createdBy(reason), new Meaning.Created(Cause.REQUEST));
            case "Object Deleted" -> deleted(reason, detail);
            case "Object Tags Added" -> new Named("ObjectTagging:Put", new Meaning.Changed(Aspect.TAGS));
            case "Object Tags Deleted" -> new Named("ObjectTagging:Delete", new Meaning.Changed(Aspect.TAGS));
            case "Object ACL Updated" -> new Named("ObjectAcl:Put", new Meaning.Changed(Aspect.ACL));
            case "Object Restore Completed" -> new Named("ObjectRestore:Completed", new Meaning.Created(Cause.REQUEST));
            case "Object Restore Initiated",
                    "Object Restore Expired",
                    "Object Storage Class Changed",
                    "Object Access Tier Changed" -> new Named(type, new Meaning.Nothing(IgnoredReason.STORAGE_CLASS));
            default ->
                throw new FlawException(
                        Flaw.UNKNOWN_EVENT, event.at("detail-type") + " is \"" + type + "\", which is not known");
        };
    }

    private static String createdBy(@Nullable String reason) {
        return switch (reason) {
            case "POST Object" -> "Post";
            case "CopyObject" -> "Copy";
            case "CompleteMultipartUpload" -> "CompleteMultipartUpload";
            case null, default -> "Put";
        };
    }

    private static Named deleted(@Nullable String reason, JsonFields detail) throws FlawException {
        var byLifecycle = LIFECYCLE_REASON.equals(reason)
                || SERVICE_ITSELF.equals(detail.textOrNull("requester", EventFields.TEXT_CHARS_MAX));
        var cause = byLifecycle ? Cause.LIFECYCLE : Cause.REQUEST;
        var family = byLifecycle ? "LifecycleExpiration:" : "ObjectRemoved:";
        var type = detail.text("deletion-type", EventFields.TEXT_CHARS_MAX);
        return switch (type) {
            case "Delete Marker Created" -> new Named(family + "DeleteMarkerCreated", new Meaning.MarkerMade(cause));
            case "Permanently Deleted" -> new Named(family + "Delete", new Meaning.Removed(cause));
            default ->
                throw new FlawException(
                        Flaw.INVALID_FIELD, detail.at("deletion-type") + " is \"" + type + "\", which is not known");
        };
    }
}

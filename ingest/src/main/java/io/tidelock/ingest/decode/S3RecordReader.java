package io.tidelock.ingest.decode;

import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.VersionId;
import io.tidelock.ingest.json.Flaw;
import io.tidelock.ingest.json.FlawException;
import io.tidelock.ingest.json.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * One record of an S3 event notification of version 2, as S3, MinIO and Ceph write it
 * (docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html; rules 41 to 48).
 */
final class S3RecordReader {
    private static final String MINIO_LIFECYCLE_AGENT = "Internal: [ILM-Expiry]";

    private final SourceFormat format;
    private final String store;

    S3RecordReader(SourceFormat format, String store) {
        this.format = format;
        this.store = store;
    }

    /** Adds what the record says. */
    void read(JsonFields record, Parts parts) throws FlawException {
        requireVersion(record);
        requireFormat(record);
        var name = withoutPrefix(record.text("eventName", EventFields.TEXT_CHARS_MAX));
        var meaning = Meaning.ofName(name, record.at("eventName"));
        if (meaning instanceof Meaning.Nothing(var reason)) {
            parts.ignore(reason);
            return;
        }
        var s3 = record.object("s3");
        var object = s3.object("object");
        var eTag = EventFields.eTag(object, "eTag");
        if (format == SourceFormat.CEPH && name.equals("ObjectCreated:Post") && eTag == null) {
            parts.ignore(
                    IgnoredReason.UPLOAD); // Ceph says so when a multipart upload begins, and there is no object yet
            return;
        }
        var bucket = EventFields.bucket(store, s3.object("bucket"));
        var spelled = object.text("key", EventFields.TEXT_CHARS_MAX * 2);
        var fields = new EventFields(
                new ObjectKey(bucket, ObjectKeys.decode(spelled, format, object.at("key"))),
                version(object),
                record.instant("eventTime"),
                Sequencers.read(object, format),
                record.has("userIdentity")
                        ? record.object("userIdentity").textOrNull("principalId", EventFields.TEXT_CHARS_MAX)
                        : null,
                name,
                object.countHint("size"),
                eTag);
        parts.add(fields.event(refined(meaning, record, fields)));
    }

    private static void requireVersion(JsonFields record) throws FlawException {
        var version = record.text("eventVersion", 16);
        if (!version.matches("2\\.[0-9]{1,4}")) {
            throw new FlawException(
                    Flaw.UNSUPPORTED_VERSION, record.at("eventVersion") + " must be 2.x, was \"" + version + "\"");
        }
    }

    private void requireFormat(JsonFields record) throws FlawException {
        var producer = record.textOrNull("eventSource", EventFields.TEXT_CHARS_MAX);
        var told = switch (producer) {
            case "minio:s3" -> SourceFormat.MINIO;
            case "ceph:s3" -> SourceFormat.CEPH;
            case null, default -> format;
        };
        if (told != format) {
            throw new FlawException(
                    Flaw.WRONG_FORMAT,
                    record.at("eventSource") + " is \"" + producer + "\": set the source's format to "
                            + told.configName() + ", then redrive");
        }
    }

    private static String withoutPrefix(String name) {
        return name.startsWith("s3:") ? name.substring(3) : name;
    }

    private @Nullable VersionId version(JsonFields object) throws FlawException {
        var spelled = object.textOrNull("versionId", EventFields.TEXT_CHARS_MAX);
        // Ceph leaves it empty for null versions, but also for copies, completed uploads and markers
        return spelled == null && format == SourceFormat.CEPH ? null : VersionId.of(spelled);
    }

    /** What only the rest of the record can tell. */
    private Meaning refined(Meaning meaning, JsonFields record, EventFields fields) throws FlawException {
        return switch (format) {
            case S3, EVENTBRIDGE -> meaning;
            case MINIO -> madeByMinioLifecycle(record) ? lifecycle(meaning) : meaning;
            case CEPH -> fields.versionId() == null ? perhapsMarker(meaning) : meaning;
        };
    }

    private static boolean madeByMinioLifecycle(JsonFields record) throws FlawException {
        return record.has("source")
                && MINIO_LIFECYCLE_AGENT.equals(
                        record.object("source").textOrNull("userAgent", EventFields.TEXT_CHARS_MAX));
    }

    private static Meaning lifecycle(Meaning meaning) {
        return switch (meaning) {
            case Meaning.MarkerMade _ -> new Meaning.MarkerMade(Cause.LIFECYCLE);
            case Meaning.Removed _ -> new Meaning.Removed(Cause.LIFECYCLE);
            case Meaning.AllRemoved _ -> new Meaning.AllRemoved(Cause.LIFECYCLE);
            case Meaning.Created _, Meaning.Changed _, Meaning.Nothing _ -> meaning;
        };
    }

    /** In a suspended bucket Ceph calls the null marker that a delete makes a deletion, and names no version. */
    private static Meaning perhapsMarker(Meaning meaning) {
        return meaning instanceof Meaning.Removed(var cause) ? new Meaning.MarkerMade(cause) : meaning;
    }
}

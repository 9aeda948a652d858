package io.tidelock.replicator.upload.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.upload.SavedUpload;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** An upload as a record: one JSON object that says its version, {@code "v":1}. */
final class UploadCodec {
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private UploadCodec() {}

    /** One record an upload: ids are unique within a bucket only. */
    static String key(SavedUpload upload) {
        return upload.replica().recordKey() + "\n" + upload.uploadId();
    }

    static byte[] encode(SavedUpload upload) {
        var json = MAPPER.createObjectNode().put("v", VERSION);
        json.set("replica", object(upload.replica()));
        json.put("uploadId", upload.uploadId());
        json.set("source", object(upload.source().object()));
        return json.put("versionId", upload.source().id().value())
                .put("eTag", upload.sourceETag())
                .put("sizeBytes", upload.sizeBytes())
                .put("partBytes", upload.partBytes())
                .put("revision", upload.revision())
                .put("at", upload.at().toString())
                .toString()
                .getBytes(UTF_8);
    }

    private static JsonNode object(ObjectKey object) {
        return MAPPER.createObjectNode()
                .put("store", object.bucket().store())
                .put("bucket", object.bucket().name())
                .put("key", object.key());
    }

    /** What a value turned out to be. */
    sealed interface Reading {}

    /** An upload. */
    record Read(SavedUpload upload) implements Reading {}

    /**
     * Something that a newer version of the program wrote; it is left to one that reads it.
     *
     * @param detail its version, and the newest that is read
     */
    record Newer(String detail) implements Reading {}

    /**
     * No upload.
     *
     * @param detail why, for people
     */
    record Unreadable(String detail) implements Reading {}

    /** Reads a value; never throws, whatever it holds. */
    static Reading decode(byte[] value) {
        try {
            var json = MAPPER.readTree(value);
            var version = json.path("v").asInt();
            if (version > VERSION) {
                return new Newer("v is " + version + ", this program reads up to " + VERSION);
            }
            if (version < 1) {
                return new Unreadable("v is missing");
            }
            return new Read(new SavedUpload(
                    object(json.path("replica")),
                    json.path("uploadId").asText(),
                    new ObjectVersion(
                            object(json.path("source")),
                            new VersionId(json.path("versionId").asText())),
                    json.path("eTag").asText(),
                    json.path("sizeBytes").asLong(),
                    json.path("partBytes").asLong(),
                    json.path("revision").asText(),
                    Instant.parse(json.path("at").asText())));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static ObjectKey object(JsonNode json) {
        return new ObjectKey(
                new Bucket(json.path("store").asText(), json.path("bucket").asText()),
                json.path("key").asText());
    }
}

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
import java.util.Optional;

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

    /** Empty when it is none that this version of the program reads. */
    static Optional<SavedUpload> decode(byte[] value) {
        try {
            var json = MAPPER.readTree(value);
            if (json.path("v").asInt() != VERSION) {
                return Optional.empty();
            }
            return Optional.of(new SavedUpload(
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
            return Optional.empty();
        }
    }

    private static ObjectKey object(JsonNode json) {
        return new ObjectKey(
                new Bucket(json.path("store").asText(), json.path("bucket").asText()),
                json.path("key").asText());
    }
}

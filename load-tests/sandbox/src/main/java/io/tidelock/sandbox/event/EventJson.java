package io.tidelock.sandbox.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.EventName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A change as the message that S3 sends about it (UG: Event message structure).
 *
 * <p>The key is form-encoded with its slashes left alone; events about tags and ACLs have no sequencer; the version of the message
 * depends on the kind of event.
 */
final class EventJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String S3_ITSELF = "s3.amazonaws.com";

    private EventJson() {}

    static byte[] of(Change change, String configurationId) {
        var bytes = new ByteArrayOutputStream(1024);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("Records");
            write(json, change, configurationId);
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Change change, String configurationId) throws IOException {
        var actor = change.actor();
        json.writeStartObject();
        json.writeStringField("eventVersion", version(change.name()));
        json.writeStringField("eventSource", "aws:s3");
        json.writeStringField("awsRegion", change.region());
        json.writeStringField("eventTime", TIME.format(change.at()));
        json.writeStringField("eventName", change.name().text());
        json.writeObjectFieldStart("userIdentity");
        json.writeStringField("principalId", change.lifecycle() ? S3_ITSELF : actor.principalId());
        json.writeEndObject();
        json.writeObjectFieldStart("requestParameters");
        json.writeStringField("sourceIPAddress", change.lifecycle() ? S3_ITSELF : actor.sourceIp());
        json.writeEndObject();
        json.writeObjectFieldStart("responseElements");
        json.writeStringField("x-amz-request-id", actor.requestId());
        json.writeStringField("x-amz-id-2", actor.requestId());
        json.writeEndObject();
        json.writeObjectFieldStart("s3");
        json.writeStringField("s3SchemaVersion", "1.0");
        json.writeStringField("configurationId", configurationId);
        json.writeObjectFieldStart("bucket");
        json.writeStringField("name", change.bucket());
        json.writeObjectFieldStart("ownerIdentity");
        json.writeStringField("principalId", change.bucketOwner().canonicalId());
        json.writeEndObject();
        json.writeStringField("arn", "arn:aws:s3:::" + change.bucket());
        json.writeEndObject();
        writeObject(json, change);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeObject(JsonGenerator json, Change change) throws IOException {
        json.writeObjectFieldStart("object");
        json.writeStringField("key", encoded(change.key()));
        if (change.eTag().isPresent()) {
            json.writeNumberField("size", change.size());
            json.writeStringField("eTag", change.eTag().get());
        }
        if (change.versionId().isPresent()) {
            json.writeStringField("versionId", change.versionId().get());
        }
        if (change.sequencer().isPresent()) {
            json.writeStringField("sequencer", change.sequencer().get());
        }
        json.writeEndObject();
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, UTF_8).replace("%2F", "/");
    }

    private static String version(EventName name) {
        return switch (name) {
            case OBJECT_CREATED_PUT,
                    OBJECT_CREATED_COPY,
                    OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD,
                    OBJECT_REMOVED_DELETE,
                    OBJECT_REMOVED_DELETE_MARKER_CREATED -> "2.1";
            case OBJECT_TAGGING_PUT,
                    OBJECT_TAGGING_DELETE,
                    OBJECT_ACL_PUT,
                    RETENTION_PUT,
                    LEGAL_HOLD_PUT,
                    LIFECYCLE_EXPIRATION_DELETE,
                    LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED -> "2.3";
        };
    }
}

package io.tidelock.replicator.outcome.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.StreamPosition;
import io.tidelock.domain.VersionId;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OperationId;
import java.io.IOException;
import java.time.Instant;

/** The fields of an operation, as all records that speak of one have them. */
final class OperationJson {
    private static final JsonMapper JSON = new JsonMapper();

    private OperationJson() {}

    static void write(JsonGenerator json, Operation operation) throws IOException {
        var position = operation.id().position();
        json.writeStringField("topic", position.topic());
        json.writeNumberField("partition", position.partition());
        json.writeNumberField("offset", position.offset());
        json.writeStringField("rule", operation.id().ruleId());
        json.writeStringField("acceptedAt", operation.acceptedAt().toString());
        var replica = operation.replica();
        if (replica != null) {
            json.writeObjectFieldStart("replica");
            json.writeStringField("store", replica.bucket().store());
            json.writeStringField("bucket", replica.bucket().name());
            json.writeStringField("key", replica.key());
            json.writeEndObject();
        }
        json.writeFieldName("event");
        json.writeRawValue(new String(EventCodec.encode(operation.event()), US_ASCII));
    }

    static Operation read(JsonNode fields) throws IOException {
        var position = new StreamPosition(
                text(fields, "topic"),
                required(fields, "partition").asInt(),
                required(fields, "offset").asLong());
        return new Operation(
                new OperationId(position, text(fields, "rule")),
                event(fields),
                fields.hasNonNull("replica") ? key(fields.get("replica")) : null,
                Instant.parse(text(fields, "acceptedAt")));
    }

    private static BucketEvent event(JsonNode fields) throws IOException {
        return switch (EventCodec.decode(JSON.writeValueAsBytes(required(fields, "event")))) {
            case EventCodec.Event(var event) -> event;
            case EventCodec.Newer(var detail) -> throw new NewerException(detail);
            case EventCodec.Unreadable unreadable ->
                throw new IllegalArgumentException("event: " + unreadable.detail());
        };
    }

    /** The record or its event was written by a newer version of the program. */
    static final class NewerException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        NewerException(String detail) {
            super(detail);
        }
    }

    private static ObjectKey key(JsonNode fields) {
        return new ObjectKey(new Bucket(text(fields, "store"), text(fields, "bucket")), text(fields, "key"));
    }

    static VersionId version(JsonNode fields, String name) {
        return new VersionId(text(fields, name));
    }

    static String text(JsonNode fields, String name) {
        var field = required(fields, name);
        if (!field.isTextual()) {
            throw new IllegalArgumentException(name + " must be a text, was " + field.getNodeType());
        }
        return field.textValue();
    }

    static JsonNode required(JsonNode fields, String name) {
        if (!fields.hasNonNull(name)) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return fields.get(name);
    }
}

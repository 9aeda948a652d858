package io.tidelock.replicator.outcome.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.StreamPosition;
import io.tidelock.domain.VersionId;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OperationId;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.SkipReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An outcome as a record of {@code tidelock.outcomes}, keyed like its event, and back: one JSON object in ASCII that
 * holds the event itself. Thread-safe.
 *
 * <p>Records say their version, {@code "v":1}. A reader ignores fields that it does not know and refuses a record of a
 * newer version.
 */
public final class OutcomeCodec {
    /** The version that is written, and the newest that is read. */
    public static final int VERSION = 1;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private OutcomeCodec() {}

    /** What a value turned out to be. */
    public sealed interface Reading {}

    /** An outcome. */
    public record Read(Outcome outcome) implements Reading {}

    /**
     * Not an outcome that this version of the program reads.
     *
     * @param detail what and where, for people
     */
    public record Unreadable(String detail) implements Reading {}

    /** The record that keeps an outcome. */
    public static OutgoingRecord record(String topic, Outcome outcome) {
        var key = outcome.operation().event().object().recordKey().getBytes(UTF_8);
        return new OutgoingRecord(topic, null, key, encode(outcome), List.of());
    }

    /** The value of the record that keeps an outcome. */
    public static byte[] encode(Outcome outcome) {
        var bytes = new ByteArrayOutputStream(1024);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            writeOperation(json, outcome.operation());
            json.writeStringField("endedAt", outcome.endedAt().toString());
            json.writeNumberField("attempts", outcome.attempts());
            writeResult(json, outcome);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory refused to be written", e);
        }
        return bytes.toByteArray();
    }

    private static void writeOperation(JsonGenerator json, Operation operation) throws IOException {
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

    private static void writeResult(JsonGenerator json, Outcome outcome) throws IOException {
        switch (outcome) {
            case Outcome.Replicated done -> {
                writeVersions(json, "replicated", done.source(), done.replica());
                json.writeNumberField("bytes", done.bytes());
                json.writeBooleanField("marked", done.marked());
                json.writeBooleanField("restacked", done.restacked());
            }
            case Outcome.DeleteMarkerPropagated done ->
                writeVersions(json, "markerPropagated", done.source(), done.replica());
            case Outcome.MetadataSynced done -> writeVersions(json, "metadataSynced", done.source(), done.replica());
            case Outcome.Skipped skipped -> {
                json.writeStringField("result", "skipped");
                json.writeStringField("reason", skipped.reason().name());
            }
            case Outcome.Failed failed -> {
                json.writeStringField("result", "failed");
                json.writeStringField("reason", failed.reason().name());
                if (failed.detail() != null) {
                    json.writeStringField("detail", failed.detail());
                }
            }
        }
    }

    private static void writeVersions(JsonGenerator json, String result, VersionId source, VersionId replica)
            throws IOException {
        json.writeStringField("result", result);
        json.writeStringField("sourceVersion", source.value());
        json.writeStringField("replicaVersion", replica.value());
    }

    /** Reads a value; never throws, whatever it holds. */
    public static Reading decode(byte @Nullable [] value) {
        if (value == null) {
            return new Unreadable("the record has no value");
        }
        try {
            var fields = JSON.readTree(value);
            var version = required(fields, "v").asInt();
            return version >= 1 && version <= VERSION
                    ? new Read(outcome(fields))
                    : new Unreadable("v is " + version + ", this program reads up to " + VERSION + ": update it");
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static Outcome outcome(JsonNode fields) throws IOException {
        var operation = operation(fields);
        var endedAt = Instant.parse(text(fields, "endedAt"));
        var attempts = required(fields, "attempts").asInt();
        return switch (text(fields, "result")) {
            case "replicated" ->
                new Outcome.Replicated(
                        operation,
                        endedAt,
                        attempts,
                        version(fields, "sourceVersion"),
                        version(fields, "replicaVersion"),
                        required(fields, "bytes").asLong(),
                        required(fields, "marked").asBoolean(),
                        required(fields, "restacked").asBoolean());
            case "markerPropagated" ->
                new Outcome.DeleteMarkerPropagated(
                        operation,
                        endedAt,
                        attempts,
                        version(fields, "sourceVersion"),
                        version(fields, "replicaVersion"));
            case "metadataSynced" ->
                new Outcome.MetadataSynced(
                        operation,
                        endedAt,
                        attempts,
                        version(fields, "sourceVersion"),
                        version(fields, "replicaVersion"));
            case "skipped" ->
                new Outcome.Skipped(operation, endedAt, attempts, SkipReason.valueOf(text(fields, "reason")));
            case "failed" ->
                new Outcome.Failed(
                        operation,
                        endedAt,
                        attempts,
                        FailureReason.valueOf(text(fields, "reason")),
                        fields.hasNonNull("detail") ? text(fields, "detail") : null);
            case String other -> throw new IllegalArgumentException("result \"" + other + "\" is unknown");
        };
    }

    private static Operation operation(JsonNode fields) throws IOException {
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
            case EventCodec.Unreadable unreadable ->
                throw new IllegalArgumentException("event: " + unreadable.detail());
        };
    }

    private static ObjectKey key(JsonNode fields) {
        return new ObjectKey(new Bucket(text(fields, "store"), text(fields, "bucket")), text(fields, "key"));
    }

    private static VersionId version(JsonNode fields, String name) {
        return new VersionId(text(fields, name));
    }

    private static String text(JsonNode fields, String name) {
        var field = required(fields, name);
        if (!field.isTextual()) {
            throw new IllegalArgumentException(name + " must be a text, was " + field.getNodeType());
        }
        return field.textValue();
    }

    private static JsonNode required(JsonNode fields, String name) {
        if (!fields.hasNonNull(name)) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return fields.get(name);
    }
}

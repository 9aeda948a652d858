package io.tidelock.replicator.outcome.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidelock.domain.VersionId;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.replicator.outcome.FailureReason;
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

    /**
     * Something that a newer version of the program wrote.
     *
     * @param detail its version, and the newest that is read
     */
    public record Newer(String detail) implements Reading {}

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
            OperationJson.write(json, outcome.operation());
            json.writeStringField("endedAt", outcome.endedAt().toString());
            json.writeNumberField("attempts", outcome.attempts());
            writeResult(json, outcome);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory refused to be written", e);
        }
        return bytes.toByteArray();
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
            var version = OperationJson.required(fields, "v").asInt();
            if (version > VERSION) {
                return new Newer("v is " + version + ", this program reads up to " + VERSION);
            }
            return version >= 1 ? new Read(outcome(fields)) : new Unreadable("v is " + version);
        } catch (OperationJson.NewerException e) {
            return new Newer(String.valueOf(e.getMessage()));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static Outcome outcome(JsonNode fields) throws IOException {
        var operation = OperationJson.read(fields);
        var endedAt = Instant.parse(OperationJson.text(fields, "endedAt"));
        var attempts = OperationJson.required(fields, "attempts").asInt();
        return switch (OperationJson.text(fields, "result")) {
            case "replicated" ->
                new Outcome.Replicated(
                        operation,
                        endedAt,
                        attempts,
                        OperationJson.version(fields, "sourceVersion"),
                        OperationJson.version(fields, "replicaVersion"),
                        OperationJson.required(fields, "bytes").asLong(),
                        OperationJson.required(fields, "marked").asBoolean(),
                        OperationJson.required(fields, "restacked").asBoolean());
            case "markerPropagated" ->
                new Outcome.DeleteMarkerPropagated(
                        operation,
                        endedAt,
                        attempts,
                        OperationJson.version(fields, "sourceVersion"),
                        OperationJson.version(fields, "replicaVersion"));
            case "metadataSynced" ->
                new Outcome.MetadataSynced(
                        operation,
                        endedAt,
                        attempts,
                        OperationJson.version(fields, "sourceVersion"),
                        OperationJson.version(fields, "replicaVersion"));
            case "skipped" ->
                new Outcome.Skipped(
                        operation, endedAt, attempts, SkipReason.valueOf(OperationJson.text(fields, "reason")));
            case "failed" ->
                new Outcome.Failed(
                        operation,
                        endedAt,
                        attempts,
                        FailureReason.valueOf(OperationJson.text(fields, "reason")),
                        fields.hasNonNull("detail") ? OperationJson.text(fields, "detail") : null);
            case String other -> throw new IllegalArgumentException("result \"" + other + "\" is unknown");
        };
    }
}

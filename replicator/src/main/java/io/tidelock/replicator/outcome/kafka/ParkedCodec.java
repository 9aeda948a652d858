package io.tidelock.replicator.outcome.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Parked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work that was set aside, as a record of {@code tidelock.parked}, keyed like its event and in the partition of the same
 * number, and back: one JSON object in ASCII that holds the event itself. Thread-safe.
 *
 * <p>Records say their version, {@code "v":1}. A reader ignores fields that it does not know and refuses a record of a
 * newer version.
 */
public final class ParkedCodec {
    /** The version that is written, and the newest that is read. */
    public static final int VERSION = 1;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private ParkedCodec() {}

    /** What a value turned out to be. */
    public sealed interface Reading {}

    /** Parked work. */
    public record Read(Parked parked) implements Reading {}

    /**
     * Not parked work that this version of the program reads.
     *
     * @param reason one of a small fixed set of codes
     * @param detail what and where, for people
     */
    public record Unreadable(String reason, String detail) implements Reading {}

    /**
     * Something that a newer version of the program wrote; it has to wait for one that reads it.
     *
     * @param detail its version, and the newest that is read
     */
    public record Newer(String detail) implements Reading {}

    /** The record that keeps it. */
    public static OutgoingRecord record(String topic, Parked parked) {
        var operation = parked.operation();
        var key = operation.event().object().recordKey().getBytes(UTF_8);
        return new OutgoingRecord(topic, operation.id().position().partition(), key, encode(parked), List.of());
    }

    private static byte[] encode(Parked parked) {
        var bytes = new ByteArrayOutputStream(1024);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            OperationJson.write(json, parked.operation());
            json.writeStringField("parkedAt", parked.parkedAt().toString());
            json.writeStringField("reason", parked.reason().name());
            json.writeNumberField("attempts", parked.attempts());
            json.writeNumberField("round", parked.round());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory refused to be written", e);
        }
        return bytes.toByteArray();
    }

    /** Reads a value; never throws, whatever it holds. */
    public static Reading decode(byte @Nullable [] value) {
        if (value == null) {
            return new Unreadable("EMPTY", "parked record has no value");
        }
        try {
            var fields = JSON.readTree(value);
            var version = OperationJson.required(fields, "v").asInt();
            if (version > VERSION) {
                return new Newer("v is " + version + ", this program reads up to " + VERSION);
            }
            return new Read(new Parked(
                    OperationJson.read(fields),
                    Instant.parse(OperationJson.text(fields, "parkedAt")),
                    FailureReason.valueOf(OperationJson.text(fields, "reason")),
                    OperationJson.required(fields, "attempts").asInt(),
                    OperationJson.required(fields, "round").asInt()));
        } catch (OperationJson.NewerException e) {
            return new Newer(String.valueOf(e.getMessage()));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return new Unreadable("INVALID_FIELD", "parked record: " + e.getMessage());
        }
    }
}

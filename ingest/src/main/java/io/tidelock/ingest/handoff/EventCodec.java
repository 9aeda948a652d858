package io.tidelock.ingest.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Look;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import io.tidelock.ingest.json.Flaw;
import io.tidelock.ingest.json.FlawException;
import io.tidelock.ingest.json.JsonFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bucket event as the value of a record of {@code tidelock.events}, and back: one flat JSON object in ASCII. Other
 * characters are escaped, so that even a key that is no valid Unicode comes back as it went in. Thread-safe.
 *
 * <p>Records say their version. A reader ignores fields that it does not know and refuses a record of a newer version.
 * What a store reports is {@code "v":1}; what a job asks for is {@code "v":2} and names the rule and the purpose, which a
 * reader of version 1 would overlook. A look after a takeover is {@code "v":3}: its purpose is newer.
 */
public final class EventCodec {
    /** The newest version that is written, and the newest that is read. */
    public static final int VERSION = 3;

    private static final int WITHOUT_LOOK = 1;
    private static final int OF_JOBS = 2;

    /** Where an event was read before, as a header of its record: a source and a position there. */
    public static final String ORIGIN = "tidelock-origin";

    /** A larger value is not read; no event of an accepted source comes near it. */
    public static final int VALUE_BYTES_MAX = 64 * 1024;

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private EventCodec() {}

    /** What a value turned out to be. */
    public sealed interface Reading {}

    /** An event. */
    public record Event(BucketEvent event) implements Reading {}

    /**
     * Not an event that this version of the program reads; it belongs into the dead letters.
     *
     * @param reason one of a small fixed set of codes, such as {@code NOT_JSON}
     * @param detail what and where, for people; at most about 300 characters
     */
    public record Unreadable(String reason, String detail) implements Reading {}

    /** The record that keeps an event, keyed so that one object key lives in one partition. */
    public static OutgoingRecord record(String topic, BucketEvent event, List<RecordHeader> headers) {
        return new OutgoingRecord(topic, null, event.object().recordKey().getBytes(UTF_8), encode(event), headers);
    }

    /**
     * Something that a newer version of the program wrote; it has to wait for one that reads it.
     *
     * @param detail its version, and the newest that is read
     */
    public record Newer(String detail) implements Reading {}

    /** Writes an event. */
    public static byte[] encode(BucketEvent event) {
        var bytes = new ByteArrayOutputStream(512);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("v", versionOf(event.occurrence().look()));
            json.writeStringField("type", typeOf(event));
            writeOccurrence(json, event.occurrence());
            switch (event) {
                case ObjectCreated created -> {
                    var sizeBytes = created.sizeBytes();
                    if (sizeBytes != null) {
                        json.writeNumberField("size", sizeBytes);
                    }
                    writeOptional(json, "eTag", created.eTag());
                }
                case MetadataChanged changed ->
                    json.writeStringField("aspect", changed.aspect().name());
                case DeleteMarkerCreated _, VersionRemoved _ -> {}
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory refused to be written", e);
        }
        return bytes.toByteArray();
    }

    private static int versionOf(@Nullable Look look) {
        if (look == null) {
            return WITHOUT_LOOK;
        }
        return look.purpose() == Look.Purpose.TAKEOVER ? VERSION : OF_JOBS;
    }

    private static String typeOf(BucketEvent event) {
        return switch (event) {
            case ObjectCreated _ -> "created";
            case DeleteMarkerCreated _ -> "marker";
            case MetadataChanged _ -> "metadata";
            case VersionRemoved _ -> "removed";
        };
    }

    private static void writeOccurrence(JsonGenerator json, Occurrence occurrence) throws IOException {
        var object = occurrence.object();
        json.writeStringField("store", object.bucket().store());
        json.writeStringField("bucket", object.bucket().name());
        json.writeStringField("key", object.key());
        var version = occurrence.versionId();
        writeOptional(json, "versionId", version == null ? null : version.value());
        json.writeStringField("time", occurrence.time().toString());
        var sequencer = occurrence.sequencer();
        writeOptional(json, "sequencer", sequencer == null ? null : sequencer.hex());
        writeOptional(json, "principal", occurrence.principal());
        json.writeStringField("name", occurrence.name());
        json.writeStringField("cause", occurrence.cause().name());
        var look = occurrence.look();
        if (look != null) {
            json.writeStringField("rule", look.ruleId());
            json.writeStringField("purpose", look.purpose().name());
        }
    }

    private static void writeOptional(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    /** Reads a value; never throws, whatever it holds. */
    public static Reading decode(byte @Nullable [] value) {
        if (value == null) {
            return new Unreadable(Flaw.EMPTY.name(), "event has no value");
        }
        try {
            var fields = JsonFields.parse(value, VALUE_BYTES_MAX, "event");
            long version = version(fields);
            return version > VERSION
                    ? new Newer("event.v is " + version + ", this program reads up to " + VERSION)
                    : new Event(event(fields));
        } catch (FlawException e) {
            return new Unreadable(e.flaw().name(), e.detail());
        }
    }

    private static long version(JsonFields fields) throws FlawException {
        var version = fields.countHint("v");
        if (version == null || version < 1) {
            throw new FlawException(Flaw.MISSING_FIELD, "event.v must be a version from 1");
        }
        return version;
    }

    private static BucketEvent event(JsonFields fields) throws FlawException {
        var type = fields.text("type", 32);
        var occurrence = occurrence(fields);
        return switch (type) {
            case "created" ->
                new ObjectCreated(occurrence, fields.countHint("size"), fields.textOrNull("eTag", VALUE_BYTES_MAX));
            case "marker" -> new DeleteMarkerCreated(occurrence);
            case "metadata" -> new MetadataChanged(occurrence, constant(Aspect.class, fields, "aspect"));
            case "removed" -> new VersionRemoved(occurrence);
            default -> throw new FlawException(Flaw.UNKNOWN_EVENT, "event.type is \"" + type + "\"");
        };
    }

    private static Occurrence occurrence(JsonFields fields) throws FlawException {
        var version = fields.textOrNull("versionId", VALUE_BYTES_MAX);
        return new Occurrence(
                new ObjectKey(
                        new Bucket(plainName(fields, "store"), plainName(fields, "bucket")),
                        fields.text("key", VALUE_BYTES_MAX)),
                version == null ? null : new VersionId(version),
                fields.instant("time"),
                sequencer(fields),
                fields.textOrNull("principal", VALUE_BYTES_MAX),
                fields.text("name", VALUE_BYTES_MAX),
                constant(Cause.class, fields, "cause"),
                look(fields));
    }

    /** Records of jobs that were written before jobs named a rule mean every rule. */
    private static @Nullable Look look(JsonFields fields) throws FlawException {
        var rule = fields.textOrNull("rule", VALUE_BYTES_MAX);
        return rule == null ? null : new Look(rule, constant(Look.Purpose.class, fields, "purpose"));
    }

    private static String plainName(JsonFields fields, String field) throws FlawException {
        var name = fields.text(field, VALUE_BYTES_MAX);
        if (name.indexOf('/') >= 0) {
            throw new FlawException(Flaw.INVALID_FIELD, fields.at(field) + " must not hold a slash");
        }
        return name;
    }

    private static @Nullable Sequencer sequencer(JsonFields fields) throws FlawException {
        JsonNode node = fields.node().path("sequencer");
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        try {
            return new Sequencer(node.asText());
        } catch (IllegalArgumentException e) {
            throw new FlawException(Flaw.INVALID_FIELD, "event." + e.getMessage());
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonFields fields, String field) throws FlawException {
        var name = fields.text(field, 64);
        for (var constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new FlawException(Flaw.INVALID_FIELD, fields.at(field) + " is \"" + name + "\"");
    }
}

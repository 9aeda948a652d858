package io.tidelock.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.ingest.decode.Decoded.Ignored;
import io.tidelock.ingest.decode.Decoded.Malformed;
import io.tidelock.ingest.json.Flaw;
import io.tidelock.ingest.json.FlawException;
import io.tidelock.ingest.json.JsonFields;
import org.jspecify.annotations.Nullable;

/** Tells envelopes apart by their shape and opens them (rule 47); what is inside is read as the source's format says. */
final class EnvelopeDecoder implements EventDecoder {
    private static final int WRAPPERS_MAX = 4;

    private final SourceFormat format;
    private final S3RecordReader records;
    private final EventBridgeReader eventBridge;

    EnvelopeDecoder(SourceFormat format, String store) {
        this.format = format;
        this.records = new S3RecordReader(format, store);
        this.eventBridge = new EventBridgeReader(store);
    }

    @Override
    public Decoded decode(byte @Nullable [] value) {
        if (value == null) {
            return new Malformed(Flaw.EMPTY, "the record has no value");
        }
        var parts = new Parts();
        try {
            var ignored = open(JsonFields.parse(value, VALUE_BYTES_MAX, "$"), parts, 0);
            return ignored == null ? parts.decoded() : new Ignored(ignored);
        } catch (FlawException e) {
            return new Malformed(e.flaw(), e.detail());
        }
    }

    /** Adds what an envelope holds; returns why when it holds no events by its nature. */
    private @Nullable IgnoredReason open(JsonFields envelope, Parts parts, int depth) throws FlawException {
        if (depth > WRAPPERS_MAX) {
            throw new FlawException(
                    Flaw.TOO_LARGE, envelope.path() + " is wrapped more than " + WRAPPERS_MAX + " times");
        }
        if (envelope.has("Records")) {
            return s3Records(envelope, parts);
        }
        if (envelope.has("Event")
                && envelope.text("Event", EventFields.TEXT_CHARS_MAX).endsWith("TestEvent")) {
            return IgnoredReason.TEST_EVENT;
        }
        if (envelope.has("detail-type")) {
            requireFormat(envelope, format == SourceFormat.EVENTBRIDGE, SourceFormat.EVENTBRIDGE);
            eventBridge.read(envelope, parts);
            return null;
        }
        if (envelope.has("Type") && envelope.has("Message")) {
            var type = envelope.text("Type", EventFields.TEXT_CHARS_MAX);
            return type.equals("Notification") ? unwrap(envelope, "Message", parts, depth) : IgnoredReason.SUBSCRIPTION;
        }
        if (envelope.has("Messages")) {
            return sqsMessages(envelope, parts, depth);
        }
        if (envelope.has("Body")) {
            return unwrap(envelope, "Body", parts, depth);
        }
        throw new FlawException(Flaw.UNKNOWN_ENVELOPE, envelope.path() + " is no envelope that is known");
    }

    private @Nullable IgnoredReason unwrap(JsonFields envelope, String field, Parts parts, int depth)
            throws FlawException {
        var body = envelope.text(field, VALUE_BYTES_MAX).getBytes(UTF_8);
        return open(JsonFields.parse(body, VALUE_BYTES_MAX, envelope.at(field)), parts, depth + 1);
    }

    private @Nullable IgnoredReason s3Records(JsonFields envelope, Parts parts) throws FlawException {
        requireFormat(envelope, format != SourceFormat.EVENTBRIDGE, SourceFormat.S3);
        int count = count(envelope, "Records", parts);
        for (int i = 0; i < count; i++) {
            try {
                records.read(envelope.element("Records", i), parts);
            } catch (FlawException e) {
                parts.flaw(envelope.at("Records") + "[" + i + "]", e);
            }
        }
        return count == 0 ? IgnoredReason.NO_RECORDS : null;
    }

    private @Nullable IgnoredReason sqsMessages(JsonFields envelope, Parts parts, int depth) throws FlawException {
        int count = count(envelope, "Messages", parts);
        for (int i = 0; i < count; i++) {
            try {
                var ignored = open(envelope.element("Messages", i), parts, depth + 1);
                if (ignored != null) {
                    parts.ignore(ignored);
                }
            } catch (FlawException e) {
                parts.flaw(envelope.at("Messages") + "[" + i + "]", e);
            }
        }
        return count == 0 ? IgnoredReason.NO_RECORDS : null;
    }

    private static int count(JsonFields envelope, String field, Parts parts) throws FlawException {
        int count = envelope.elements(field);
        if (count < 0) {
            throw new FlawException(Flaw.INVALID_FIELD, envelope.at(field) + " must be an array");
        }
        parts.requireRoomFor(count, envelope.at(field));
        return count;
    }

    private void requireFormat(JsonFields envelope, boolean right, SourceFormat needed) throws FlawException {
        if (!right) {
            throw new FlawException(
                    Flaw.WRONG_FORMAT,
                    envelope.path() + " is not what format " + format.configName()
                            + " delivers: set the source's format to " + needed.configName() + ", then redrive");
        }
    }
}

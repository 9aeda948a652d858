package io.tidelock.ingest.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidelock.domain.Bucket;
import io.tidelock.ingest.json.FlawException;
import io.tidelock.ingest.json.JsonFields;

/**
 * What one part of Tidelock asks all instances of another, as the value of a record of {@code tidelock.control}: one flat
 * JSON object. Every instance reads all of them from the moment of its start; a request that is missed costs time only.
 * Thread-safe.
 */
public final class ControlCodec {
    /** The version that is written, and the newest that is read. */
    public static final int VERSION = 1;

    private static final int VALUE_BYTES_MAX = 64 * 1024;
    private static final int TEXT_CHARS_MAX = 1_024;
    private static final String RULES_CHANGED = "RULES_CHANGED";

    private ControlCodec() {}

    /** What a value asks for. */
    public sealed interface Request {}

    /** The replication configuration of a bucket was put or deleted. */
    public record RulesChanged(Bucket bucket) implements Request {}

    /** Nothing that this version of the program understands; an instance that does acts on it. */
    public record Unknown(String detail) implements Request {}

    /** Writes a request. */
    public static byte[] encode(RulesChanged request) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("v", VERSION)
                .put("request", RULES_CHANGED)
                .put("store", request.bucket().store())
                .put("bucket", request.bucket().name())
                .toString()
                .getBytes(UTF_8);
    }

    /** Reads a request, whatever the bytes are. */
    public static Request decode(byte[] value) {
        try {
            var fields = JsonFields.parse(value, VALUE_BYTES_MAX, "control");
            var version = fields.countHint("v");
            if (version == null || version != VERSION) {
                return new Unknown("version " + version + ", known is " + VERSION);
            }
            var request = fields.text("request", TEXT_CHARS_MAX);
            return request.equals(RULES_CHANGED)
                    ? new RulesChanged(
                            new Bucket(fields.text("store", TEXT_CHARS_MAX), fields.text("bucket", TEXT_CHARS_MAX)))
                    : new Unknown("the request " + request);
        } catch (FlawException e) {
            return new Unknown(e.detail());
        } catch (IllegalArgumentException e) {
            return new Unknown(String.valueOf(e.getMessage()));
        }
    }
}

package io.tidelock.ingest.decode;

import io.tidelock.domain.Sequencer;
import io.tidelock.ingest.json.Flaw;
import io.tidelock.ingest.json.FlawException;
import io.tidelock.ingest.json.JsonFields;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Sequencers as sources spell them, brought to the one comparable form (rules 41, 44, 45). */
final class Sequencers {
    private static final int CHARS_MAX = 64;
    private static final int CEPH_DIGITS = 16;

    private Sequencers() {}

    /** The sequencer of an object's event, or null where it has none. */
    static @Nullable Sequencer read(JsonFields object, SourceFormat format) throws FlawException {
        var spelled = object.textOrNull("sequencer", CHARS_MAX);
        if (spelled == null) {
            return null;
        }
        try {
            return switch (format) {
                case S3, EVENTBRIDGE, MINIO -> new Sequencer(spelled);
                case CEPH -> new Sequencer(bigEndian(spelled));
            };
        } catch (IllegalArgumentException e) {
            throw new FlawException(
                    Flaw.INVALID_FIELD,
                    object.at("sequencer") + " is no sequencer of " + format + ": " + e.getMessage());
        }
    }

    /** Ceph prints the memory of two little-endian numbers: seconds, then nanoseconds. */
    private static String bigEndian(String spelled) {
        if (spelled.length() != CEPH_DIGITS) {
            throw new IllegalArgumentException("it must have " + CEPH_DIGITS + " digits, had " + spelled.length());
        }
        var bytes = HexFormat.of().parseHex(spelled);
        var turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[i / 4 * 4 + 3 - i % 4];
        }
        return HexFormat.of().withUpperCase().formatHex(turned);
    }
}

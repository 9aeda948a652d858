package io.tidelock.ingest.decode;

import org.jspecify.annotations.Nullable;

/** Reads the notifications of one source. Thread-safe. */
@FunctionalInterface
public interface EventDecoder {
    /** A larger value is malformed. */
    int VALUE_BYTES_MAX = 1 << 20;

    /** An envelope with more parts than this is malformed. */
    int PARTS_MAX = 1_000;

    /** A longer key, in bytes of UTF-8, is malformed; it is S3's own limit. */
    int KEY_BYTES_MAX = 1_024;

    /**
     * Reads one value; never throws, whatever it holds.
     *
     * @param value the value of a raw record, or null for a tombstone
     */
    Decoded decode(byte @Nullable [] value);

    /**
     * The decoder of a source.
     *
     * @param store the name of the configured store whose buckets the events speak of
     */
    static EventDecoder of(SourceFormat format, String store) {
        return new EnvelopeDecoder(format, store);
    }
}

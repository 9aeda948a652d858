package io.tidelock.ingest.handoff;

import io.tidelock.domain.StreamPosition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record as it was read, byte for byte.
 *
 * @param position where it was read
 * @param timestamp the record's Kafka timestamp
 * @param key the record key, or null; never changed by anyone
 * @param value the record value, or null for a tombstone; never changed by anyone
 * @param headers the record's headers in order
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes of a record are what it is; nobody compares records
public record SourceRecord(
        StreamPosition position,
        Instant timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<RecordHeader> headers) {
    /** Spelled out, since the compiler drops array annotations from the parameters of a compact one. */
    public SourceRecord(
            StreamPosition position,
            Instant timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<RecordHeader> headers) {
        this.position = position;
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
        this.headers = List.copyOf(headers);
    }
}

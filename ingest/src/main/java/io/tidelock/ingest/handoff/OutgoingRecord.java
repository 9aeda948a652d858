package io.tidelock.ingest.handoff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record to be written in the same transaction as the offset of the record that caused it.
 *
 * @param topic where it goes
 * @param partition which partition, or null to let the key decide
 * @param key the record key, or null
 * @param value the record value, or null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes of a record are what it is; nobody compares records
public record OutgoingRecord(
        String topic,
        @Nullable Integer partition,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<RecordHeader> headers) {
    /** Spelled out, since the compiler drops array annotations from the parameters of a compact one. */
    public OutgoingRecord(
            String topic,
            @Nullable Integer partition,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<RecordHeader> headers) {
        this.topic = topic;
        this.partition = partition;
        this.key = key;
        this.value = value;
        this.headers = List.copyOf(headers);
    }
}

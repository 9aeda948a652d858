package io.tidelock.ingest.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that cannot be used, and events that failed, on their way to the dead letters: key and value byte for byte as they were, the record's
 * own headers under {@code original.}, and headers that say why and where it was read.
 *
 * <p>A record that would not fit into one record of a topic with Kafka's default limit is cut into several, so that
 * nothing is too large to be kept. They share a key that names where it was read, and the header
 * {@code tidelock-chunk}, such as {@code 2/5}; their values in order are: a byte 1, then key, value, the number of
 * headers, and name and value of each header, each as its length in four bytes (-1 for none) and its bytes. Thread-safe.
 */
public final class DeadLetters {
    /** Why: one of a small fixed set of codes. */
    public static final String REASON = "tidelock-reason";

    /** What and where, for people. */
    public static final String DETAIL = "tidelock-detail";

    /** Who read it: a source of the configuration, or a role. */
    public static final String READER = "tidelock-reader";

    /** The rule of the operation that failed, where the record itself could be read. */
    public static final String RULE = "tidelock-rule";

    /** The version of this layout; a letter without it has version 1. */
    public static final String LAYOUT = "tidelock-layout";

    /** Where it was read. */
    public static final String TOPIC = "tidelock-topic";

    public static final String PARTITION = "tidelock-partition";
    public static final String OFFSET = "tidelock-offset";

    /** The record's own Kafka timestamp, in milliseconds since 1970. */
    public static final String TIMESTAMP = "tidelock-timestamp";

    /** Which part of how many this is, where the record was cut. */
    public static final String CHUNK = "tidelock-chunk";

    /** What the names of the record's own headers are put behind. */
    public static final String ORIGINAL = "original.";

    /** The layout that is written, and the newest that is read. */
    public static final int VERSION = 1;

    static final int CHUNK_BYTES = 768 << 10;
    private static final int OVERHEAD_BYTES = 64;
    static final int FRAME_VERSION = 1;

    private final String topic;
    private final String reader;

    /**
     * Dead letters of one reader.
     *
     * @param topic where they go
     * @param reader who reads: a source of the configuration, or a role
     */
    public DeadLetters(String topic, String reader) {
        this.topic = topic;
        this.reader = reader;
    }

    /** The dead letter of a record that cannot be read: one, or several where it is large. */
    public List<OutgoingRecord> of(SourceRecord record, String reason, String detail) {
        return letters(record, why(record, reason, detail));
    }

    /** The dead letter of an event that was read and that failed under a rule. */
    public List<OutgoingRecord> ofFailed(SourceRecord record, String rule, String reason, String detail) {
        var why = why(record, reason, detail);
        why.add(text(RULE, rule));
        return letters(record, why);
    }

    private List<OutgoingRecord> letters(SourceRecord record, List<RecordHeader> why) {
        if (size(record) <= CHUNK_BYTES) {
            record.headers().forEach(header -> why.add(new RecordHeader(ORIGINAL + header.name(), header.value())));
            return List.of(new OutgoingRecord(topic, null, record.key(), record.value(), why));
        }
        return chunks(record, why);
    }

    private List<RecordHeader> why(SourceRecord record, String reason, String detail) {
        var position = record.position();
        var headers = new ArrayList<RecordHeader>();
        headers.add(text(LAYOUT, Integer.toString(VERSION)));
        headers.add(text(REASON, reason));
        headers.add(text(DETAIL, detail));
        headers.add(text(READER, reader));
        headers.add(text(TOPIC, position.topic()));
        headers.add(text(PARTITION, Integer.toString(position.partition())));
        headers.add(text(OFFSET, Long.toString(position.offset())));
        headers.add(text(TIMESTAMP, Long.toString(record.timestamp().toEpochMilli())));
        return headers;
    }

    private static RecordHeader text(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    private static long size(SourceRecord record) {
        long size = length(record.key()) + (long) length(record.value());
        for (var header : record.headers()) {
            size += OVERHEAD_BYTES + 3L * header.name().length() + length(header.value());
        }
        return size;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private List<OutgoingRecord> chunks(SourceRecord record, List<RecordHeader> why) {
        var frame = frame(record);
        int count = (frame.length + CHUNK_BYTES - 1) / CHUNK_BYTES;
        var key = record.position().toString().getBytes(UTF_8);
        var chunks = new ArrayList<OutgoingRecord>();
        for (int i = 0; i < count; i++) {
            var headers = new ArrayList<>(why);
            headers.add(text(CHUNK, (i + 1) + "/" + count));
            var part = Arrays.copyOfRange(frame, i * CHUNK_BYTES, Math.min(frame.length, (i + 1) * CHUNK_BYTES));
            chunks.add(new OutgoingRecord(topic, null, key, part, headers));
        }
        return chunks;
    }

    private static byte[] frame(SourceRecord record) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FRAME_VERSION);
            write(out, record.key());
            write(out, record.value());
            out.writeInt(record.headers().size());
            for (var header : record.headers()) {
                write(out, header.name().getBytes(UTF_8));
                write(out, header.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory refused to be written", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }
}

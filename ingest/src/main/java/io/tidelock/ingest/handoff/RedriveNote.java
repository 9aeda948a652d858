package io.tidelock.ingest.handoff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which dead letters of one partition were redriven. It lies behind them in the same partition, and is written in one
 * transaction with what they became: so each is redriven once, and the note is kept at least as long as they are.
 *
 * @param partition the partition of letters and note
 * @param offsets where the letters' first records stand
 */
public record RedriveNote(int partition, List<Long> offsets) {
    /** The header that tells a note from a letter. */
    public static final String HEADER = "tidelock-note";

    /** The version that is written, and the newest that is read. */
    public static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    public RedriveNote {
        offsets = List.copyOf(offsets);
    }

    /** The record that keeps it. */
    public OutgoingRecord record(String topic) {
        var fields = JSON.createObjectNode().put("v", VERSION);
        var redriven = fields.putArray("redriven");
        offsets.forEach(redriven::add);
        try {
            return new OutgoingRecord(
                    topic,
                    partition,
                    null,
                    JSON.writeValueAsBytes(fields),
                    List.of(new RecordHeader(HEADER, new byte[] {'1'})));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers is JSON", e);
        }
    }

    /**
     * Reads a record that has the header.
     *
     * @throws NewerRecordException when a newer version wrote it
     * @throws IllegalArgumentException when it is no note
     */
    static RedriveNote read(SourceRecord record) {
        var offsets = new ArrayList<Long>();
        try {
            var fields = JSON.readTree(record.value() == null ? new byte[0] : record.value());
            var version = fields.path("v").asInt();
            if (version > VERSION) {
                throw new NewerRecordException(
                        record.position(), "v is " + version + ", this program reads up to " + VERSION);
            }
            if (version < 1 || !fields.path("redriven").isArray()) {
                throw new IllegalArgumentException("v or redriven is missing");
            }
            for (var field : fields.path("redriven")) {
                var offset = field.asLong(-1);
                if (offset < 0 || offset >= record.position().offset()) {
                    throw new IllegalArgumentException("redriven holds " + field + ", which is no letter before it");
                }
                offsets.add(offset);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON: " + e.getMessage(), e);
        }
        return new RedriveNote(record.position().partition(), offsets);
    }
}

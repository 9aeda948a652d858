package io.tidelock.ingest.handoff;

import java.util.List;

/**
 * Told once when a record's work has ended, by one of its methods. Thread-safe. The offset of a record that did not end
 * with {@link #done} stays uncommitted, and it is read again by the partition's next owner.
 */
public interface Completion {
    /**
     * The work has ended; these records are written, and then, in the same transaction, the offset may pass.
     *
     * @param results what is to be written; may be empty
     */
    void done(List<OutgoingRecord> results);

    /** The work had not begun when its partition was {@linkplain RecordHandler#letGo let go}; nobody need wait for it. */
    void abandoned();

    /**
     * A bug, or a {@linkplain NewerRecordException record of a newer version}: the partition stops loudly, and the offset
     * stays uncommitted.
     */
    void failed(Throwable bug);
}

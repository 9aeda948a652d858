package io.tidelock.ingest.handoff;

import java.util.List;

/**
 * Told once when a record's work has ended. Thread-safe. A record that is never completed keeps its offset uncommitted
 * and is read again by the partition's next owner.
 */
public interface Completion {
    /**
     * The work has ended; these records are written, and then, in the same transaction, the offset may pass.
     *
     * @param results what is to be written; may be empty
     */
    void done(List<OutgoingRecord> results);

    /** A bug: the partition stops loudly, and the offset stays uncommitted. */
    void failed(Throwable bug);
}

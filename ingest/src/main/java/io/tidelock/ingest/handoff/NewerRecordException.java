package io.tidelock.ingest.handoff;

import io.tidelock.domain.StreamPosition;

/**
 * A record of Tidelock's own was written by a newer version of the program. Nothing is wrong with it: it has to wait for an
 * instance that reads it, so it is neither skipped nor made a dead letter.
 */
public final class NewerRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A record that says a version that this program does not know.
     *
     * @param at where it stands
     * @param detail its version, and the newest that is read
     */
    public NewerRecordException(StreamPosition at, String detail) {
        super(at + " was written by a newer Tidelock: " + detail + "; update this instance");
    }
}

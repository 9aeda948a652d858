package io.tidelock.ingest;

import io.tidelock.ingest.decode.IgnoredReason;

/** Told what becomes of raw records, to count it. Called from several threads; must not block. */
public interface IngestObserver {
    /** Counts nothing. */
    IngestObserver NONE = new IngestObserver() {
        @Override
        public void decoded(String source, int events) {}

        @Override
        public void ignored(String source, IgnoredReason reason) {}

        @Override
        public void deadLetter(String source, String reason) {}
    };

    /** A record held these many events. A record that is read again after a restart is told again. */
    void decoded(String source, int events);

    /** A record, or a part of one, was understood and is no bucket event. */
    void ignored(String source, IgnoredReason reason);

    /**
     * A record went to the dead letters.
     *
     * @param reason one of a small fixed set of codes; that of its first part that cannot be read
     */
    void deadLetter(String source, String reason);
}

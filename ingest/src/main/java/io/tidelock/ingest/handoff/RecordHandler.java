package io.tidelock.ingest.handoff;

/**
 * Handles records that a poll loop reads. Called on the loop's own thread in partition order, so it must not block:
 * work that waits goes elsewhere and completes later, in any order.
 */
public interface RecordHandler {
    /** Takes one record. Every record taken is completed exactly once, from any thread. */
    void handle(SourceRecord record, Completion completion);
}

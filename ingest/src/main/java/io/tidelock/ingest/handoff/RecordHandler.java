package io.tidelock.ingest.handoff;

import java.util.Set;

/**
 * Handles records that a poll loop reads. Called on the loop's own thread in partition order, so it must not block:
 * work that waits goes elsewhere and completes later, in any order.
 */
public interface RecordHandler {
    /** Takes one record. Every record taken is completed exactly once, from any thread. */
    void handle(SourceRecord record, Completion completion);

    /**
     * These partitions leave this instance, or the loop stops. Work that has not begun is dropped and its records
     * {@linkplain Completion#abandoned() abandoned}; work that has begun may still end, and what ends before the loop's
     * drain deadline is recorded. Called on the loop's thread, so it must not wait for anything. The partitions may come
     * back later, their unrecorded records with new completions.
     */
    default void letGo(String topic, Set<Integer> partitions) {}
}

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
     * This instance owns a partition from now on. Called before anything else of it; records before that offset may be under way at a
     * former owner still, who may not know yet that it has lost them.
     *
     * @param end the offset after the last record that is there now
     */
    default void takenOver(String topic, int partition, long end) {}

    /**
     * A record of a side topic that was there when its partition was taken over. It will be handed out later; nothing of
     * the partition beside it is handed out before all of them are foreseen.
     *
     * @throws NewerRecordException when only a newer version of the program can tell what it holds up; both partitions stand
     *     still then
     */
    default void foresee(SourceRecord record) {}

    /** Called on the loop's thread at every round, several times a second, for what has become due. Must not block. */
    default void turn() {}

    /**
     * These partitions leave this instance, or the loop stops. Work that has not begun is dropped and its records
     * {@linkplain Completion#abandoned() abandoned}; work that has begun may still end, and what ends before the loop's
     * drain deadline is recorded. Called on the loop's thread, so it must not wait for anything. The partitions may come
     * back later, their unrecorded records with new completions.
     */
    default void letGo(String topic, Set<Integer> partitions) {}

    /**
     * These partitions belong to others already, as far as can be told: what {@link #letGo} says, but begun work is to end at once, as
     * nothing of it is recorded any more and the new owner does it again beside it.
     */
    default void giveUp(String topic, Set<Integer> partitions) {
        letGo(topic, partitions);
    }
}

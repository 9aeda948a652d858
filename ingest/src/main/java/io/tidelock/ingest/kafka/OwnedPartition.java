package io.tidelock.ingest.kafka;

import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.order.OffsetLedger;
import io.tidelock.ingest.order.OffsetLedger.Commit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One partition for as long as this instance owns it; when it comes back it is another object, so that what ends late is
 * told apart. Confined to the loop's thread.
 */
final class OwnedPartition {
    private final TopicPartition at;
    private final OffsetLedger ledger;
    private final Map<Long, Work> open = new HashMap<>();
    private final Set<Long> unwritable = new HashSet<>();
    private int unfinished;
    private int unrecorded;
    private @Nullable String broken;
    private @Nullable String refusal;

    /** A record that was handed out and is not recorded; its results once it has ended. */
    private static final class Work {
        private final long size;
        private @Nullable List<OutgoingRecord> results;

        Work(long size) {
            this.size = size;
        }
    }

    OwnedPartition(TopicPartition at, OffsetLedger ledger) {
        this.at = at;
        this.ledger = ledger;
    }

    TopicPartition at() {
        return at;
    }

    /** Why nothing more is read of it, or null. */
    @Nullable
    String stopped() {
        return broken != null ? broken : refusal;
    }

    /** Nothing more is read of it for as long as this instance owns it. */
    void breakOff(String reason) {
        broken = reason;
    }

    /** Whether the record is to be handled; false where it is recorded already. */
    boolean take(long offset, long size) {
        if (!ledger.take(offset)) {
            return false;
        }
        open.put(offset, new Work(size));
        unfinished++;
        return true;
    }

    /** Whether an earlier owner has recorded this record already. */
    boolean holds(long offset) {
        return ledger.wasRecorded(offset);
    }

    void readUpTo(long offset) {
        ledger.readUpTo(offset);
    }

    /** Everything before this offset is recorded. */
    long committedOffset() {
        return ledger.committedOffset();
    }

    /** How many records have not ended in any way. */
    int unfinished() {
        return unfinished;
    }

    /** How many records are done and may be recorded. */
    int unrecorded() {
        return unrecorded;
    }

    void done(long offset, List<OutgoingRecord> results) {
        work(offset).results = results;
        ledger.done(offset);
        unfinished--;
        unrecorded++;
    }

    /** The record ended without results; its offset is never passed by this owner. */
    void endedUndone() {
        unfinished--;
    }

    @Nullable
    Commit commit(int recordsMax) {
        return ledger.commit(recordsMax);
    }

    /** The results of a done record. */
    List<OutgoingRecord> results(long offset) {
        var results = work(offset).results;
        if (results == null) {
            throw new IllegalStateException(at + "@" + offset + " has no results");
        }
        return results;
    }

    /** Returns the sizes of what is no longer in flight. */
    List<Long> committed(Commit commit) {
        ledger.committed(commit);
        unrecorded -= commit.recording().size();
        return commit.recording().stream()
                .map(offset -> {
                    var size = work(offset).size;
                    open.remove(offset);
                    return size;
                })
                .toList();
    }

    /** Its results are refused: they are kept, and nothing more is read until {@link #tryAgain}. */
    void refused(long offset, String reason) {
        ledger.reopen(offset);
        unwritable.add(offset);
        unrecorded--;
        refusal = reason;
    }

    /** Whether there was something refused that is to be tried again now. */
    boolean tryAgain() {
        if (unwritable.isEmpty()) {
            return false;
        }
        unwritable.forEach(ledger::done);
        unrecorded += unwritable.size();
        unwritable.clear();
        refusal = null;
        return true;
    }

    /** The sizes of all that is in flight. */
    List<Long> sizes() {
        return open.values().stream().map(work -> work.size).toList();
    }

    private Work work(long offset) {
        var work = open.get(offset);
        if (work == null) {
            throw new IllegalStateException(at + "@" + offset + " is not open");
        }
        return work;
    }
}

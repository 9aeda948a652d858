package io.tidelock.ingest.order;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What may be committed of one partition while work ends out of order (rule 50). It counts what was handed out, not
 * offsets: a compacted or transactional topic has gaps.
 *
 * <p>A record is taken, then done, then recorded: its results and the knowledge that it is done were written in one
 * transaction. The committed offset is the lowest that is not recorded; recorded offsets beyond it are kept in the
 * metadata of the commit, so that the next owner does not do that work again. Where they do not fit, results wait until
 * they do. Not thread-safe.
 */
public final class OffsetLedger {
    /** Longer commit metadata is never made; brokers refuse more than 4,096 bytes by default. */
    public static final int METADATA_CHARS_MAX = 4_000;

    /**
     * What one transaction may commit.
     *
     * @param offset the committed offset: everything before it is recorded
     * @param metadata the recorded offsets from there on, encoded; empty where there are none
     * @param recording the offsets that become recorded by it, ascending: exactly their results belong into it
     */
    public record Commit(long offset, String metadata, List<Long> recording) {
        public Commit {
            recording = List.copyOf(recording);
        }
    }

    private final DoneRuns before;
    /** What is taken and not recorded: offset to whether its work is done. */
    private final TreeMap<Long, Boolean> open = new TreeMap<>();

    private long committed;
    private long position;

    /**
     * The ledger of a partition that was just assigned.
     *
     * @param committed the committed offset, from 0
     * @param metadata the metadata of that commit; null, foreign or damaged means that nothing is known beyond it
     */
    public OffsetLedger(long committed, @Nullable String metadata) {
        if (committed < 0) {
            throw new IllegalArgumentException("committed offset must not be negative, was " + committed);
        }
        this.committed = committed;
        this.position = committed;
        this.before = DoneRuns.decoded(committed, metadata);
    }

    /** How many offsets beyond a committed one are recorded, by the metadata of that commit. */
    public static long recordedBeyond(long committed, @Nullable String metadata) {
        return DoneRuns.decoded(committed, metadata).count();
    }

    /**
     * Takes a record that was read; offsets ascend.
     *
     * @return whether it is to be handled; false where it is recorded already
     */
    public boolean take(long offset) {
        if (offset < position) {
            throw new IllegalStateException("offset " + offset + " was read after " + (position - 1));
        }
        position = offset + 1;
        if (before.contains(offset)) {
            return false;
        }
        open.put(offset, false);
        return true;
    }

    /** Whether an earlier owner recorded this offset beyond the committed one. */
    public boolean wasRecorded(long offset) {
        return before.contains(offset);
    }

    /** Everything before this offset was read; what was not taken does not exist. */
    public void readUpTo(long offset) {
        position = Math.max(position, offset);
    }

    /** Where reading goes on. */
    public long position() {
        return position;
    }

    /** The work of a taken record has ended. */
    public void done(long offset) {
        if (!open.replace(offset, false, true)) {
            throw new IllegalStateException("offset " + offset + " is not taken, or done already");
        }
    }

    /** The results of a done record cannot be written now; it counts as taken until it is done again. */
    public void reopen(long offset) {
        if (!open.replace(offset, true, false)) {
            throw new IllegalStateException("offset " + offset + " is not done");
        }
    }

    /**
     * What may be committed now, or null where that would change nothing.
     *
     * @param recordsMax how many done records may become recorded at most, lowest first
     */
    public @Nullable Commit commit(int recordsMax) {
        var done = new ArrayList<Long>();
        for (var entry : open.entrySet()) {
            if (entry.getValue() && done.size() < recordsMax) {
                done.add(entry.getKey());
            }
        }
        var commit = planned(done);
        if (commit.metadata().length() > METADATA_CHARS_MAX) {
            commit = planned(done.subList(0, fitting(done)));
        }
        return commit.offset() == committed && commit.recording().isEmpty() ? null : commit;
    }

    /** How many of the lowest done records fit; what is recorded already always does. */
    private int fitting(List<Long> done) {
        int fits = 0;
        int tooMany = done.size();
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) >>> 1;
            if (planned(done.subList(0, middle)).metadata().length() <= METADATA_CHARS_MAX) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return fits;
    }

    /** Everything that was read and is not open is recorded, or does not exist. */
    private Commit planned(List<Long> recording) {
        long lastRecording = recording.isEmpty() ? -1 : recording.getLast();
        long lowest = -1;
        long end = position;
        var runs = new ArrayList<long[]>();
        for (var entry : open.entrySet()) {
            long at = entry.getKey();
            if (entry.getValue() && at <= lastRecording) {
                continue;
            }
            if (lowest < 0) {
                lowest = at;
            } else {
                addRun(runs, end, at);
            }
            end = at + 1;
        }
        if (lowest >= 0) {
            addRun(runs, end, position);
        }
        long offset = lowest < 0 ? position : lowest;
        addUnread(runs);
        return new Commit(offset, DoneRuns.encoded(offset, runs), recording);
    }

    /** What an earlier owner recorded and this one has not read yet. */
    private void addUnread(List<long[]> runs) {
        for (var run : before.beyond(position)) {
            addRun(runs, run[0], run[1]);
        }
    }

    private static void addRun(List<long[]> runs, long first, long end) {
        if (!runs.isEmpty() && runs.getLast()[1] == first) {
            runs.getLast()[1] = end;
        } else if (first < end) {
            runs.add(new long[] {first, end});
        }
    }

    /** Everything before this offset is recorded, and is never read again. */
    public long committedOffset() {
        return committed;
    }

    /** That commit has succeeded. */
    public void committed(Commit commit) {
        commit.recording().forEach(open::remove);
        committed = commit.offset();
    }
}

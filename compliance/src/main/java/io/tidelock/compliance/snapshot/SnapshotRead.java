package io.tidelock.compliance.snapshot;

import java.util.List;

/** What became of reading a snapshot. */
public sealed interface SnapshotRead {
    /**
     * It can be judged.
     *
     * @param problems what was not understood, each a whole sentence; the documents concerned are unavailable
     */
    record Assessable(Snapshot snapshot, List<String> problems) implements SnapshotRead {
        public Assessable {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Nothing of it can be judged.
     *
     * @param name how a person finds it again
     * @param reason why, a whole sentence
     */
    record Refused(String name, String reason) implements SnapshotRead {}
}

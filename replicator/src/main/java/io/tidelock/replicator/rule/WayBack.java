package io.tidelock.replicator.rule;

/** Whether and how rules lead from a replica back to the key that it is a replica of. */
public enum WayBack {
    /** None does: replication goes one way. */
    NONE,
    /** What is written at the destination comes to the source. */
    WRITES,
    /** Changes made on replicas come back as well (rule 35). */
    WRITES_AND_MODIFICATIONS
}

package io.tidelock.deploy.config;

/** What a process does. */
public enum Role {
    /** Reads bucket notifications into {@code tidelock.events}. */
    INGEST,
    /** Turns events into replicas. */
    REPLICATOR,
    /** Measures lag, and looks after controls and findings. */
    COMPLIANCE
}

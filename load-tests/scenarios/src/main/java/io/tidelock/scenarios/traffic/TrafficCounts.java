package io.tidelock.scenarios.traffic;

/**
 * What was written so far.
 *
 * @param versions data versions written, by put and by copy
 * @param markers delete markers put
 * @param bytes bytes written by puts
 */
public record TrafficCounts(long versions, long markers, long bytes) {
    /** How many events the bucket has told. */
    public long changes() {
        return versions + markers;
    }
}

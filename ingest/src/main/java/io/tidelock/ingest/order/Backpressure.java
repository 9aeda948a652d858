package io.tidelock.ingest.order;

/**
 * Tells a poll loop when to stop reading and when to go on: in-flight records and bytes in, advice out. It pauses when a
 * bound is reached and resumes when both are down to half, so that it does not flutter. Not thread-safe.
 */
public final class Backpressure {
    /** What to do with all partitions. */
    public enum Advice {
        PAUSE,
        RESUME,
        KEEP
    }

    private final long recordsInFlightMax;
    private final long bytesInFlightMax;
    private long records;
    private long bytes;
    private boolean paused;

    /**
     * Nothing in flight.
     *
     * @param recordsInFlightMax reaching it pauses, from 1
     * @param bytesInFlightMax reaching it pauses, from 1
     */
    public Backpressure(long recordsInFlightMax, long bytesInFlightMax) {
        if (recordsInFlightMax < 1 || bytesInFlightMax < 1) {
            throw new IllegalArgumentException("recordsInFlightMax and bytesInFlightMax must be at least 1, were "
                    + recordsInFlightMax + " and " + bytesInFlightMax);
        }
        this.recordsInFlightMax = recordsInFlightMax;
        this.bytesInFlightMax = bytesInFlightMax;
    }

    /** A record of so many bytes is in flight. */
    public void add(long size) {
        records++;
        bytes += size;
    }

    /** A record of so many bytes is no longer in flight. */
    public void remove(long size) {
        if (records < 1 || bytes < size) {
            throw new IllegalStateException(
                    "cannot take a record of " + size + " bytes from " + records + " of " + bytes + " bytes");
        }
        records--;
        bytes -= size;
    }

    public long records() {
        return records;
    }

    public long bytes() {
        return bytes;
    }

    /** What to do now; each change of mind is told once. */
    public Advice advice() {
        if (!paused && (records >= recordsInFlightMax || bytes >= bytesInFlightMax)) {
            paused = true;
            return Advice.PAUSE;
        }
        if (paused && records <= recordsInFlightMax / 2 && bytes <= bytesInFlightMax / 2) {
            paused = false;
            return Advice.RESUME;
        }
        return Advice.KEEP;
    }
}

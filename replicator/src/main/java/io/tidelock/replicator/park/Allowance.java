package io.tidelock.replicator.park;

import java.time.Duration;
import java.time.Instant;

/** How much may be taken up: so much a second, and a second's worth at once. Not thread-safe. */
public final class Allowance {
    private static final double NANOS = 1e9;

    private final int perSecondMax;
    private Instant since;
    private double left;

    /** Nothing yet. */
    public Allowance(int perSecondMax, Instant now) {
        this.perSecondMax = perSecondMax;
        this.since = now;
    }

    /** How much may be taken up now; a clock that steps back gives nothing and takes nothing. */
    public int at(Instant now) {
        var seconds = Math.max(0, Duration.between(since, now).toNanos() / NANOS);
        left = Math.min(perSecondMax, left + seconds * perSecondMax);
        since = now;
        return (int) left;
    }

    /** So much of it was. */
    public void used(int much) {
        left -= much;
    }
}

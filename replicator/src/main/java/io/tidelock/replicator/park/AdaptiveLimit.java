package io.tidelock.replicator.park;

/**
 * How many operations one destination bears at once, found by additive increase and multiplicative decrease: a success
 * adds the limit's reciprocal, so that it grows by one a round; of all the refusals that one round brings only the first
 * cuts it, as those that began before a cut say nothing about what came of it. It grows only while it is made use of. Not
 * thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5681#section-3.1">RFC 5681, congestion avoidance</a>
 */
final class AdaptiveLimit {
    private final int min;
    private final int max;
    private final double kept;
    private double limit;
    private int inFlight;
    private long rounds;
    private int refusedRounds;
    private long throttled;

    /**
     * A limit at its highest.
     *
     * @param min from 1 to {@code max}
     * @param kept which part of it a cut leaves, above 0 and below 1
     */
    AdaptiveLimit(int min, int max, double kept) {
        this.min = min;
        this.max = max;
        this.kept = kept;
        this.limit = max;
    }

    int limit() {
        return (int) limit;
    }

    int inFlight() {
        return inFlight;
    }

    /** How many tries were told to slow down. */
    long throttled() {
        return throttled;
    }

    boolean isAtFloor() {
        return limit() <= min;
    }

    /** How many rounds in a row have ended in a refusal. */
    int refusedRounds() {
        return refusedRounds;
    }

    /** The round that a try begins in. */
    long round() {
        return rounds;
    }

    /** @param atOnceMax another bound that the try is under */
    boolean admits(int atOnceMax) {
        return inFlight < Math.min(limit(), atOnceMax);
    }

    void entered() {
        inFlight++;
    }

    void left() {
        inFlight--;
    }

    /** A try was answered with anything but a plea to slow down. */
    void succeeded(long begunInRound) {
        if (begunInRound == rounds) {
            refusedRounds = 0;
            if (inFlight * 2L >= limit()) {
                limit = Math.min(max, limit + 1 / limit);
            }
        }
    }

    /** A try was told to slow down; whether that ended its round. */
    boolean throttled(long begunInRound) {
        throttled++;
        if (begunInRound != rounds) {
            return false;
        }
        rounds++;
        refusedRounds++;
        limit = Math.max(min, limit * kept);
        return true;
    }
}

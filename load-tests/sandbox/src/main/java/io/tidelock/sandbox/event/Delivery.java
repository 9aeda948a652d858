package io.tidelock.sandbox.event;

import java.time.Duration;

/**
 * How faithfully messages are delivered. Each misfortune strikes each message (and each copy of it) with its own probability.
 *
 * @param duplicated probability that a message is sent twice, 0 to 1
 * @param delayed probability that a message is held back for up to {@code delayMax}, 0 to 1
 * @param delayMax the longest delay, also the longest that a reordered message waits for others to pass it
 * @param reordered probability that a message lets up to {@code overtakenMax} later ones pass, 0 to 1
 * @param overtakenMax how many later messages may pass a reordered one, at least 1
 * @param dropped probability that a message is never sent, 0 to 1
 * @param heldMax how many messages may be held back at once; beyond it they are sent at once
 * @param seed decides who is struck
 */
public record Delivery(
        double duplicated,
        double delayed,
        Duration delayMax,
        double reordered,
        int overtakenMax,
        double dropped,
        int heldMax,
        long seed) {
    private static final Duration DELAY_MAX = Duration.ofSeconds(2);
    private static final int OVERTAKEN_MAX = 50;
    private static final int HELD_MAX = 10_000;

    public Delivery {
        requireProbability("duplicated", duplicated);
        requireProbability("delayed", delayed);
        requireProbability("reordered", reordered);
        requireProbability("dropped", dropped);
        if (delayMax.isNegative() || delayMax.isZero()) {
            throw new IllegalArgumentException("delivery.delayMax must be above zero, was " + delayMax);
        }
        if (overtakenMax < 1) {
            throw new IllegalArgumentException("delivery.overtakenMax must be at least 1, was " + overtakenMax);
        }
        if (heldMax < 0) {
            throw new IllegalArgumentException("delivery.heldMax must not be negative, was " + heldMax);
        }
    }

    /** Every message once, at once, in order. */
    public static Delivery faithful() {
        return new Delivery(0, 0, DELAY_MAX, 0, OVERTAKEN_MAX, 0, HELD_MAX, 0);
    }

    /** At least once and in any order, as S3 promises no better (UG: Amazon S3 Event Notifications); nothing is lost. */
    public static Delivery unruly(long seed) {
        return new Delivery(0.2, 0.1, DELAY_MAX, 0.2, OVERTAKEN_MAX, 0, HELD_MAX, seed);
    }

    /** Some messages are never sent. */
    public Delivery dropping(double probability) {
        return new Delivery(duplicated, delayed, delayMax, reordered, overtakenMax, probability, heldMax, seed);
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("delivery." + name + " must be between 0 and 1, was " + value);
        }
    }
}

package io.tidelock.sandbox.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Decides for each message of one configuration when, how often and whether it is sent. Not thread-safe. */
final class DeliveryLine<M> {
    private final Delivery delivery;
    private final SplittableRandom random;
    private final List<Held<M>> held = new ArrayList<>();
    private long offered;
    private long sent;
    private long duplicated;
    private long delayed;
    private long reordered;
    private long dropped;

    DeliveryLine(Delivery delivery) {
        this.delivery = delivery;
        this.random = new SplittableRandom(delivery.seed());
    }

    /** Takes a message and returns what is to be sent now, in order: perhaps it, and those that it was the last to pass. */
    List<M> offer(M message, Instant now) {
        offered++;
        var out = new ArrayList<M>(1);
        if (strikes(delivery.dropped())) {
            dropped++;
        } else {
            place(message, now, out);
            if (strikes(delivery.duplicated())) {
                duplicated++;
                place(message, now, out);
            }
        }
        release(now, out);
        sent += out.size();
        return out;
    }

    /** Returns what has been held back long enough. */
    List<M> due(Instant now) {
        var out = new ArrayList<M>();
        release(now, out);
        sent += out.size();
        return out;
    }

    /** Returns all that is held back, in the order in which it would have been sent. */
    List<M> rest() {
        held.sort(Comparator.comparing(Held::due));
        var out = held.stream().map(Held::message).toList();
        held.clear();
        sent += out.size();
        return out;
    }

    Optional<Instant> nextDue() {
        return held.stream().map(Held::due).min(Comparator.naturalOrder());
    }

    NotificationCounts counts() {
        return new NotificationCounts(offered, sent, duplicated, delayed, reordered, dropped, held.size());
    }

    private void place(M message, Instant now, List<M> out) {
        if (held.size() < delivery.heldMax() && strikes(delivery.delayed())) {
            delayed++;
            var delay = Duration.ofNanos(random.nextLong(1, delivery.delayMax().toNanos() + 1));
            held.add(new Held<>(message, now.plus(delay), Long.MAX_VALUE));
        } else if (held.size() < delivery.heldMax() && strikes(delivery.reordered())) {
            reordered++;
            var passedBy = random.nextInt(1, delivery.overtakenMax() + 1);
            held.add(new Held<>(message, now.plus(delivery.delayMax()), offered + passedBy));
        } else {
            out.add(message);
        }
    }

    private void release(Instant now, List<M> out) {
        held.removeIf(one -> {
            var over = one.afterOffered() <= offered || !one.due().isAfter(now);
            if (over) {
                out.add(one.message());
            }
            return over;
        });
    }

    private boolean strikes(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** A message that waits for a moment, or for a number of others, whichever comes first. */
    private record Held<M>(M message, Instant due, long afterOffered) {}
}

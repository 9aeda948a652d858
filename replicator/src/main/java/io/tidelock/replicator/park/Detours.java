package io.tidelock.replicator.park;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.replicator.outcome.FailureReason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which replica keys have parked work, so that later work of theirs queues behind it (architecture: parking keeps order).
 * Where too many keys of one destination and partition have some, all of that destination and partition does. Thread-safe.
 *
 * <p>Of one key, parked work of a later round comes before that of an earlier one, and within a round the order is that of
 * the topic. So what is moved to the end of the topic goes on to a later round, and what is new begins in round 0.
 */
public final class Detours {
    /** With more, a key costs too much memory to be followed by itself. */
    private static final int KEY_ROUNDS_MAX = 16;

    private static final int NO_FRONT = -1;

    private final int keysMax;
    private final Map<Place, Detour> detours = new HashMap<>();

    /** @param keysMax {@code replicator.parking.keysMax}: of one destination and partition, from 1 */
    public Detours(int keysMax) {
        if (keysMax < 1) {
            throw new IllegalArgumentException("replicator.parking.keysMax must be at least 1, was " + keysMax);
        }
        this.keysMax = keysMax;
    }

    /** One destination as one partition of events sees it. */
    private record Place(int partition, Bucket destination) {}

    /** What is parked of one place; the keys are null as soon as there were too many. */
    private static final class Detour {
        private final Queue all;
        private @Nullable Map<ObjectKey, Queue> keys = new HashMap<>();

        Detour(Queue all) {
            this.all = all;
        }
    }

    /** Parked work, of one key or of all: how many records of each round. */
    private static final class Queue {
        private final FailureReason reason;
        private final TreeMap<Integer, Long> rounds = new TreeMap<>();
        private long began;
        private long records;
        private int front = NO_FRONT;

        Queue(FailureReason reason, long began) {
            this.reason = reason;
            this.began = began;
        }

        void add(long began, int round) {
            this.began = Math.min(this.began, began);
            records++;
            rounds.merge(round, 1L, Long::sum);
        }

        void move(int from, int to) {
            leave(from);
            rounds.merge(to, 1L, Long::sum);
            if (to == front) {
                front = NO_FRONT;
            }
        }

        /** A round before all others, which nothing has followed yet; the gap is for what follows it first. */
        int front() {
            if (front != last()) {
                front = last() + 2;
            }
            return front;
        }

        /** Whether that was the last one. */
        boolean done(int round) {
            leave(round);
            return --records == 0;
        }

        private void leave(int round) {
            rounds.computeIfPresent(round, (_, held) -> held == 1 ? null : held - 1);
        }

        int last() {
            return rounds.isEmpty() ? 0 : rounds.lastKey();
        }
    }

    /**
     * Why work has to queue behind parked work; empty where it may go ahead.
     *
     * @param sequence the order in which this instance took the work up; what was taken up before the detour began comes
     *     before all that is parked
     */
    public synchronized Optional<FailureReason> behind(int partition, ObjectKey replica, long sequence) {
        return queue(partition, replica)
                .filter(queue -> sequence >= queue.began)
                .map(queue -> queue.reason);
    }

    /**
     * Counts work that is parked now.
     *
     * @param overtaken whether later work of its key was parked before it
     * @return the round that it belongs to: 0, or one that comes before all that is parked
     */
    public synchronized int park(
            int partition, ObjectKey replica, FailureReason reason, long sequence, boolean overtaken) {
        var round = overtaken ? queue(partition, replica).map(Queue::front).orElse(0) : 0;
        add(partition, replica, reason, sequence, round);
        return round;
    }

    /** Counts parked work that was there when its partition was taken over. */
    public synchronized void foresee(int partition, ObjectKey replica, FailureReason reason, int round) {
        add(partition, replica, reason, Long.MIN_VALUE, round);
    }

    private void add(int partition, ObjectKey replica, FailureReason reason, long began, int round) {
        var detour = detours.computeIfAbsent(
                new Place(partition, replica.bucket()), _ -> new Detour(new Queue(reason, began)));
        detour.all.add(began, round);
        var keys = detour.keys;
        if (keys != null) {
            var queue = keys.computeIfAbsent(replica, _ -> new Queue(reason, began));
            queue.add(began, round);
            if (keys.size() > keysMax || queue.rounds.size() > KEY_ROUNDS_MAX) {
                detour.keys = null;
            }
        }
    }

    /**
     * The round to which work has to move because work of the same key is in a later one, which comes before it; empty
     * where there is none. It is no further than that: it joins a round only from the one below, so that it is
     * never written in one transaction with what it follows.
     */
    public synchronized Optional<Integer> following(int partition, ObjectKey replica, int round) {
        return queue(partition, replica)
                .map(queue -> queue.rounds.higherKey(round))
                .map(ahead -> Math.max(round + 1, ahead - 1));
    }

    /** Where work at the head of its key belongs once it is at the end of its queue: ahead of all that is parked. */
    public synchronized int ahead(int partition, ObjectKey replica) {
        return queue(partition, replica).map(Queue::last).orElse(0) + 1;
    }

    /** Parked work moves to the end of its queue. */
    public synchronized void move(int partition, ObjectKey replica, int from, int to) {
        var detour = detours.get(new Place(partition, replica.bucket()));
        if (detour != null) {
            detour.all.move(from, to);
            var keys = detour.keys;
            var queue = keys == null ? null : keys.get(replica);
            if (queue != null) {
                queue.move(from, to);
            }
        }
    }

    /** Parked work has come to its end. */
    public synchronized void done(int partition, ObjectKey replica, int round) {
        var place = new Place(partition, replica.bucket());
        var detour = detours.get(place);
        if (detour == null) {
            return; // its partition has left meanwhile
        }
        if (detour.all.done(round)) {
            detours.remove(place);
            return;
        }
        var keys = detour.keys;
        var queue = keys == null ? null : keys.get(replica);
        if (keys != null && queue != null && queue.done(round)) {
            keys.remove(replica);
        }
    }

    /** Forgets partitions that have left this instance. */
    public synchronized void forget(Set<Integer> partitions) {
        detours.keySet().removeIf(place -> partitions.contains(place.partition));
    }

    /** How many operations are parked for a destination, of all partitions that this instance owns. */
    public long parked(Bucket destination) {
        return parked(destination::equals);
    }

    /** The same for all destinations that match. */
    public synchronized long parked(Predicate<Bucket> destinations) {
        return detours.entrySet().stream()
                .filter(entry -> destinations.test(entry.getKey().destination))
                .mapToLong(entry -> entry.getValue().all.records)
                .sum();
    }

    private Optional<Queue> queue(int partition, ObjectKey replica) {
        var detour = detours.get(new Place(partition, replica.bucket()));
        if (detour == null) {
            return Optional.empty();
        }
        var keys = detour.keys;
        return keys == null ? Optional.of(detour.all) : Optional.ofNullable(keys.get(replica));
    }
}

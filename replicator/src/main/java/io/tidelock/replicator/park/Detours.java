package io.tidelock.replicator.park;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.replicator.outcome.FailureReason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which replica keys have parked work, so that later work of theirs queues behind it (architecture: parking keeps order).
 * Where too many keys of one destination and partition have some, all of that destination and partition does. Thread-safe.
 */
public final class Detours {
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

    /** Parked work, of one key or of all. */
    private static final class Queue {
        private final FailureReason reason;
        private long began;
        private long records;
        private int round;

        Queue(FailureReason reason, long began) {
            this.reason = reason;
            this.began = began;
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
     * @return the round that it belongs to
     */
    public synchronized int park(int partition, ObjectKey replica, FailureReason reason, long sequence) {
        return add(partition, replica, reason, sequence, 0);
    }

    /** Counts parked work that was there when its partition was taken over. */
    public synchronized void foresee(int partition, ObjectKey replica, FailureReason reason, int round) {
        add(partition, replica, reason, Long.MIN_VALUE, round);
    }

    private int add(int partition, ObjectKey replica, FailureReason reason, long began, int round) {
        var detour = detours.computeIfAbsent(
                new Place(partition, replica.bucket()), _ -> new Detour(new Queue(reason, began)));
        count(detour.all, began, round);
        var keys = detour.keys;
        if (keys == null) {
            return detour.all.round;
        }
        var queue = keys.computeIfAbsent(replica, _ -> new Queue(reason, began));
        count(queue, began, round);
        if (keys.size() > keysMax) {
            detour.keys = null;
        }
        return queue.round;
    }

    private static void count(Queue queue, long began, int round) {
        queue.began = Math.min(queue.began, began);
        queue.records++;
        queue.round = Math.max(queue.round, round);
    }

    /** Whether work of the same key that came before it has moved to a later round, so that it has to follow. */
    public synchronized boolean isLeftBehind(int partition, ObjectKey replica, int round) {
        return queue(partition, replica).filter(queue -> round < queue.round).isPresent();
    }

    /**
     * Moves parked work to the end of its queue.
     *
     * @return the round that it belongs to from now on
     */
    public synchronized int rotate(int partition, ObjectKey replica, int round) {
        var detour = detours.get(new Place(partition, replica.bucket()));
        if (detour == null) {
            return round;
        }
        detour.all.round = Math.max(detour.all.round, round + 1);
        return queue(partition, replica)
                .map(queue -> {
                    queue.round = Math.max(queue.round, round + 1);
                    return queue.round;
                })
                .orElse(round);
    }

    /** Parked work has come to its end. */
    public synchronized void done(int partition, ObjectKey replica) {
        var place = new Place(partition, replica.bucket());
        var detour = detours.get(place);
        if (detour == null) {
            return; // its partition has left meanwhile
        }
        if (--detour.all.records == 0) {
            detours.remove(place);
            return;
        }
        var keys = detour.keys;
        if (keys != null) {
            var queue = keys.get(replica);
            if (queue != null && --queue.records == 0) {
                keys.remove(replica);
            }
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

package io.tidelock.replicator;

import io.tidelock.replicator.ParkedQueue.Held;
import io.tidelock.replicator.park.Allowance;
import io.tidelock.replicator.park.ParkingSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The parked work of all partitions that has been read and is not done. Confined to one thread. */
final class ParkedWindow {
    private final Map<Integer, ParkedQueue> queues = new LinkedHashMap<>();

    /** What is held of a partition, or null where that is nothing. */
    @Nullable
    ParkedQueue of(int partition) {
        return queues.get(partition);
    }

    void add(Held held) {
        queues.computeIfAbsent(held.task().partition(), _ -> new ParkedQueue()).add(held);
    }

    /** Takes up what is due and may go; another partition comes first each time, so that a low rate starves none. */
    List<Held> takeUp(Instant now, Predicate<LaneTask> mayGo, Allowance allowance) {
        queues.values().removeIf(queue -> queue.size() == 0);
        if (queues.isEmpty()) {
            return List.of();
        }
        var first = queues.entrySet().iterator().next();
        queues.remove(first.getKey());
        queues.put(first.getKey(), first.getValue());
        var taken = new ArrayList<Held>();
        for (var queue : queues.values()) {
            var more = queue.takeUp(now, mayGo, allowance.at(now));
            allowance.used(more.size());
            taken.addAll(more);
        }
        return taken;
    }

    /** How much there is of replica keys whose oldest work matches, running or not. */
    long size(Predicate<LaneTask> matching) {
        return queues.values().stream().mapToLong(queue -> queue.size(matching)).sum();
    }

    /** With less than that in it, the window is read on without any help. */
    boolean isNearlyFull() {
        return queues.values().stream().mapToInt(ParkedQueue::size).sum() > ParkingSettings.AHEAD_RECORDS_MAX / 2
                || queues.values().stream().mapToLong(ParkedQueue::bytes).sum() > ParkingSettings.AHEAD_BYTES_MAX / 2;
    }

    /** Takes out all of those replica keys whose oldest work does not run and matches, each key in its order. */
    List<Held> takeOut(Predicate<LaneTask> matching) {
        var out = new ArrayList<Held>();
        queues.values().forEach(queue -> out.addAll(queue.takeOut(matching)));
        return out;
    }

    /** Takes out all of a partition that does not run, each key in its order. */
    List<Held> letGo(int partition) {
        var queue = queues.remove(partition);
        return queue == null ? List.of() : queue.clear();
    }
}

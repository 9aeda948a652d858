package io.tidelock.replicator;

import io.tidelock.domain.ObjectKey;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.replicator.outcome.FailureReason;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The parked work of one partition that has been read and is not done: of each replica key the oldest may be taken up as
 * soon as it is due. Confined to one thread.
 */
final class ParkedQueue {
    private final Map<ObjectKey, Deque<Held>> byKey = new LinkedHashMap<>();
    private int size;

    /** One piece of parked work; running while it is in its lane. */
    static final class Held {
        private final LaneTask task;
        private final int round;
        private final FailureReason reason;
        private Instant due;
        private boolean running;

        Held(LaneTask task, int round, FailureReason reason, Instant due) {
            this.task = task;
            this.round = round;
            this.reason = reason;
            this.due = due;
        }

        LaneTask task() {
            return task;
        }

        int round() {
            return round;
        }

        FailureReason reason() {
            return reason;
        }
    }

    void add(Held held) {
        byKey.computeIfAbsent(held.task().lane(), _ -> new ArrayDeque<>(1)).add(held);
        size++;
    }

    /** Whether work of the same key and round is held, which it comes right after. */
    boolean continues(Held held) {
        var ofKey = byKey.get(held.task().lane());
        return ofKey != null && ofKey.getLast().round == held.round;
    }

    int size() {
        return size;
    }

    /** Takes up what is due and may go, at most so much; it runs from here on. */
    List<Held> takeUp(Instant now, Predicate<LaneTask> mayGo, int max) {
        var taken = new ArrayList<Held>();
        for (var ofKey : byKey.values()) {
            if (taken.size() == max) {
                break;
            }
            var first = ofKey.getFirst();
            if (!first.running && !first.due.isAfter(now) && mayGo.test(first.task())) {
                first.running = true;
                taken.add(first);
            }
        }
        return taken;
    }

    /** It was not done, and is tried again when it is due. */
    void back(LaneTask task, Instant due) {
        var ofKey = byKey.get(task.lane());
        var first = ofKey == null ? null : ofKey.peekFirst();
        if (first != null && first.task() == task) {
            first.running = false;
            first.due = due;
        }
    }

    /** It is done. */
    void done(LaneTask task) {
        var ofKey = byKey.get(task.lane());
        if (ofKey != null && ofKey.removeIf(held -> held.task() == task)) {
            size--;
            if (ofKey.isEmpty()) {
                byKey.remove(task.lane());
            }
        }
    }

    /** How much there is of replica keys whose oldest work matches, running or not. */
    int size(Predicate<LaneTask> matching) {
        return byKey.values().stream()
                .filter(ofKey -> matching.test(ofKey.getFirst().task()))
                .mapToInt(Deque::size)
                .sum();
    }

    /** The keys and values of all that is held, in bytes. */
    long bytes() {
        return byKey.values().stream()
                .flatMap(Deque::stream)
                .mapToLong(held -> bytes(held.task().work().record()))
                .sum();
    }

    private static long bytes(SourceRecord record) {
        var key = record.key();
        var value = record.value();
        return (key == null ? 0 : key.length) + (long) (value == null ? 0 : value.length);
    }

    /** Takes out all of those replica keys whose oldest work does not run and matches, each key in its order. */
    List<Held> takeOut(Predicate<LaneTask> matching) {
        var out = new ArrayList<Held>();
        byKey.values().removeIf(ofKey -> {
            var first = ofKey.getFirst();
            return !first.running && matching.test(first.task()) && out.addAll(ofKey);
        });
        size -= out.size();
        return out;
    }

    /** Takes out all of one replica key, unless its oldest runs. */
    List<Held> takeOut(ObjectKey replica) {
        var ofKey = byKey.get(replica);
        if (ofKey == null || ofKey.getFirst().running) {
            return List.of();
        }
        byKey.remove(replica);
        size -= ofKey.size();
        return List.copyOf(ofKey);
    }

    /** Takes out all that does not run, each key in its order. */
    List<Held> clear() {
        var waiting = new ArrayList<Held>();
        byKey.values().forEach(ofKey -> ofKey.removeIf(held -> !held.running && waiting.add(held)));
        byKey.values().removeIf(Deque::isEmpty);
        size -= waiting.size();
        return waiting;
    }
}

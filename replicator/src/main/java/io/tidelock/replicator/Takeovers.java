package io.tidelock.replicator;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Look;
import io.tidelock.domain.Look.Purpose;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.StreamPosition;
import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.replicator.outcome.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks again at replicas that a former owner of their partition may write to after this one has (architecture: fencing an old owner). Its
 * late write does harm only where something newer is there already: so the second operation of such a key, while the former
 * owner may still write, asks for a look once that is over. The look is an event of its own, written with the outcome of what
 * asked for it, so that no restart loses it. Thread-safe.
 */
final class Takeovers {
    /** For how long a former owner may begin requests until it notices that it is none any more: it is held up by requests to Kafka. */
    static final Duration NOTICED_AFTER = Duration.ofMinutes(1);

    private final int keysMax;
    private final Duration writesAfterwards;
    private final InstantSource clock;
    private final Map<Integer, Takeover> takeovers = new HashMap<>();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparing(Waiting::due));

    /** Keys that the former owner of one partition may be writing to. */
    private static final class Takeover {
        private final long end;
        private final Instant over;
        private final Map<ObjectKey, Suspect> suspects = new HashMap<>();

        Takeover(long end, Instant over) {
            this.end = end;
            this.over = over;
        }
    }

    /** What was done for a key here, and for which rules a look was asked for. */
    private static final class Suspect {
        private final Set<StreamPosition> ended = new HashSet<>(2);
        private final Set<String> asked = new HashSet<>(1);
    }

    private record Waiting(SourceRecord record, BucketEvent event, Completion completion) {
        Instant due() {
            return event.occurrence().time();
        }
    }

    /** An event whose time has come. */
    interface Sink {
        void take(SourceRecord record, BucketEvent event, Completion completion);
    }

    /**
     * Nothing is known yet.
     *
     * @param keysMax keys of one partition that are remembered: as many as a former owner can have had in flight
     * @param writeTimeout after how long a request is cut that writes
     */
    Takeovers(int keysMax, Duration writeTimeout, InstantSource clock) {
        this.keysMax = keysMax;
        this.writesAfterwards = writeTimeout.plus(NOTICED_AFTER);
        this.clock = clock;
    }

    /** Events before that offset may be under way elsewhere. */
    synchronized void begin(int partition, long end) {
        takeovers.put(partition, new Takeover(end, clock.instant().plus(writesAfterwards)));
    }

    /** An operation for that replica is taken up. */
    synchronized void accepted(StreamPosition event, ObjectKey replica) {
        var takeover = takeovers.get(event.partition());
        if (takeover != null && event.offset() < takeover.end) {
            suspect(takeover, replica);
        }
    }

    /** The same of an operation that was parked before the takeover: the former owner may have taken it up. */
    synchronized void foreseen(int partition, ObjectKey replica) {
        var takeover = takeovers.get(partition);
        if (takeover != null) {
            suspect(takeover, replica);
        }
    }

    private void suspect(Takeover takeover, ObjectKey replica) {
        if (takeover.suspects.size() < keysMax) {
            takeover.suspects.computeIfAbsent(replica, _ -> new Suspect());
        }
    }

    /** The look that an outcome makes necessary, to be written with it. */
    synchronized Optional<OutgoingRecord> lookAgain(Outcome outcome) {
        var operation = outcome.operation();
        var replica = operation.replica();
        var position = operation.id().position();
        var takeover = takeovers.get(position.partition());
        if (takeover == null || replica == null || isLook(operation.event())) {
            return Optional.empty();
        }
        var suspect = takeover.suspects.get(replica);
        if (suspect == null || !clock.instant().isBefore(takeover.over)) {
            return Optional.empty();
        }
        suspect.ended.add(position);
        var overtaken =
                suspect.ended.size() > 1 || (outcome instanceof Outcome.Replicated copied && copied.restacked());
        return overtaken && suspect.asked.add(operation.id().ruleId())
                ? Optional.of(EventCodec.record(
                        position.topic(),
                        look(operation.event().object(), operation.id().ruleId()),
                        List.of()))
                : Optional.empty();
    }

    private BucketEvent look(ObjectKey key, String ruleId) {
        var due = clock.instant().plus(writesAfterwards);
        return new ObjectCreated(
                new Occurrence(
                        key, null, due, null, null, "ObjectCreated:Put", Cause.JOB, new Look(ruleId, Purpose.TAKEOVER)),
                null,
                null);
    }

    static boolean isLook(BucketEvent event) {
        var look = event.occurrence().look();
        return look != null && look.purpose() == Purpose.TAKEOVER;
    }

    /** Keeps a look whose time has not come; whether it did. The loop's bound of records in flight is the bound of these. */
    synchronized boolean keep(SourceRecord record, BucketEvent event, Completion completion) {
        var early = isLook(event) && event.occurrence().time().isAfter(clock.instant());
        if (early) {
            waiting.add(new Waiting(record, event, completion));
        }
        return early;
    }

    /** Hands out what has become due, and forgets what is over. */
    void turn(Sink sink) {
        due().forEach(next -> sink.take(next.record(), next.event(), next.completion()));
    }

    private synchronized List<Waiting> due() {
        if (takeovers.isEmpty() && waiting.isEmpty()) {
            return List.of();
        }
        var now = clock.instant();
        takeovers.values().removeIf(takeover -> !now.isBefore(takeover.over));
        var due = new ArrayList<Waiting>();
        for (var next = waiting.peek(); next != null && !next.due().isAfter(now); next = waiting.peek()) {
            due.add(waiting.remove());
        }
        return due;
    }

    /** Partitions of a topic leave; their looks are the next owner's. */
    void letGo(String topic, Set<Integer> partitions) {
        leaving(waits -> {
                    var position = waits.record().position();
                    return position.topic().equals(topic) && partitions.contains(position.partition());
                })
                .forEach(waits -> waits.completion().abandoned());
    }

    private synchronized List<Waiting> leaving(Predicate<Waiting> leaves) {
        var leaving = waiting.stream().filter(leaves).toList();
        waiting.removeAll(leaving);
        return leaving;
    }
}

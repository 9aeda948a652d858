package io.tidelock.replicator;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.DeadLetters;
import io.tidelock.ingest.handoff.NewerRecordException;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.replicator.ParkedQueue.Held;
import io.tidelock.replicator.execute.Backoff;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import io.tidelock.replicator.outcome.Parked;
import io.tidelock.replicator.outcome.kafka.ParkedCodec;
import io.tidelock.replicator.park.Allowance;
import io.tidelock.replicator.park.Breakers;
import io.tidelock.replicator.park.Detours;
import io.tidelock.replicator.park.ParkingSettings;
import io.tidelock.replicator.rule.Candidates;
import io.tidelock.replicator.rule.RuleBook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sets work aside that its destination cannot take now, and takes it up again in order (architecture: parking keeps order).
 * What is parked is kept in a topic of its own; of that only a bounded window is read and held here. Confined to the
 * loop's thread, but for the origins.
 */
final class Parking {
    /** When nothing came from the topic for so long, its window is full, or all of it was read. */
    private static final Duration STUCK_AFTER = Duration.ofMillis(250);

    private final ParkingSettings settings;
    private final int recordsInFlightMax;
    private final String parkedTopic;
    private final String outcomesTopic;
    private final Detours detours;
    private final Breakers breakers;
    private final Backoff backoff;
    private final Supplier<RuleBook> rules;
    private final Lanes lanes;
    private final DeadLetters deadLetters;
    private final Takeovers takeovers;
    private final OutcomeObserver observer;
    private final InstantSource clock;
    private final ParkedWindow window = new ParkedWindow();
    private final Queue<Runnable> news = new ArrayDeque<>();
    private final Origin live = new Live();
    private final Allowance allowance;
    private Instant movedAt;

    /** @param recordsInFlightMax {@code replicator.recordsInFlightMax}, of which every destination has an equal share */
    Parking(
            ParkingSettings settings,
            int recordsInFlightMax,
            String parkedTopic,
            String outcomesTopic,
            Breakers breakers,
            Backoff backoff,
            Supplier<RuleBook> rules,
            Lanes lanes,
            DeadLetters deadLetters,
            Takeovers takeovers,
            OutcomeObserver observer,
            InstantSource clock) {
        this.settings = settings;
        this.recordsInFlightMax = recordsInFlightMax;
        this.parkedTopic = parkedTopic;
        this.outcomesTopic = outcomesTopic;
        this.detours = new Detours(settings.keysMax());
        this.breakers = breakers;
        this.backoff = backoff;
        this.rules = rules;
        this.lanes = lanes;
        this.deadLetters = deadLetters;
        this.takeovers = takeovers;
        this.observer = observer;
        this.clock = clock;
        this.movedAt = clock.instant();
        this.allowance = new Allowance(settings.perSecondMax(), movedAt);
    }

    /** How many operations are parked here for a destination. Thread-safe. */
    long parked(Bucket destination) {
        return detours.parked(destination);
    }

    /** What becomes of tasks that were read from the events topic. */
    Origin live() {
        return live;
    }

    /**
     * Parks a task before it gets to its lane, where its destination has too many there already; so are those of its key
     * that wait there, and one that runs comes before them should it be parked.
     */
    boolean overflows(LaneTask task) {
        var destination = task.lane().bucket();
        var destinations = rules.get().destinations().size();
        if (destinations < 2
                || lanes.tasksOf(destination)
                        < Math.min(settings.destinationTasksMax(), recordsInFlightMax / destinations)) {
            return false;
        }
        lanes.overtake(task).forEach(this::setAside);
        setAside(task);
        return true;
    }

    private void setAside(LaneTask task) {
        task.settle();
        observer.parked(task.current(), FailureReason.DST_THROTTLED);
        live.stuck(task, FailureReason.DST_THROTTLED, task.triesBefore());
    }

    boolean isParked(SourceRecord record) {
        return record.position().topic().equals(parkedTopic);
    }

    /** Counts what was parked when this instance takes the partition over; it cannot tell what key a newer record holds up. */
    void foresee(SourceRecord record) {
        switch (ParkedCodec.decode(record.value())) {
            case ParkedCodec.Newer(var detail) -> throw new NewerRecordException(record.position(), detail);
            case ParkedCodec.Unreadable _ -> {} // becomes a dead letter when its turn comes
            case ParkedCodec.Read(var work) -> {
                var operation = work.operation();
                detours.foresee(record.position().partition(), replicaOf(work), work.reason(), work.round());
                takeovers.foreseen(record.position().partition(), replicaOf(work));
                observer.accepted(operation);
                observer.parked(operation, work.reason());
            }
        }
    }

    /** Holds one parked record until it is done. */
    void take(SourceRecord record, Completion completion) {
        movedAt = clock.instant();
        switch (ParkedCodec.decode(record.value())) {
            case ParkedCodec.Newer(var detail) ->
                completion.failed(new NewerRecordException(record.position(), detail));
            case ParkedCodec.Unreadable(var reason, var detail) -> {
                observer.deadLetter(reason);
                completion.done(deadLetters.of(record, reason, detail));
            }
            case ParkedCodec.Read(var work) -> take(record, work, completion);
        }
    }

    private void take(SourceRecord record, Parked work, Completion completion) {
        var operation = work.operation();
        var partition = record.position().partition();
        var book = rules.get();
        var candidates = candidates(work, book);
        var event = new EventWork(record, operation.event(), completion, outcomesTopic, deadLetters, takeovers, 1);
        if (candidates.isEmpty()) {
            detours.done(partition, replicaOf(work), work.round());
            event.ended(ruleGone(work, book, null));
            event.taskDone();
            return;
        }
        var wayBack = book.wayBack(replicaOf(work), operation.event().object());
        var task = new LaneTask(
                event,
                candidates.get(),
                wayBack,
                new FromTopic(work.round()),
                operation.id().position(),
                0,
                operation.acceptedAt());
        task.tried(work.attempts());
        if (!task.current().id().equals(operation.id())) {
            event.ended(ruleGone(work, book, task.current()));
        }
        var held = new Held(task, work.round(), work.reason(), due(work.parkedAt(), work.attempts()));
        var queue = window.of(partition);
        if (queue != null && queue.continues(held)) {
            queue.add(held);
        } else {
            holdOrMove(List.of(held));
        }
    }

    /** Holds work of one key, but for what has other work of the key before it now. */
    private void holdOrMove(List<Held> ofKey) {
        var rounds =
                ofKey.stream().map(held -> following(held.task(), held.round())).toList();
        for (var index = 0; index < ofKey.size(); index++) {
            var held = ofKey.get(index);
            rounds.get(index).ifPresentOrElse(round -> move(held, held.reason(), round), () -> window.add(held));
        }
    }

    private Optional<Integer> following(LaneTask task, int round) {
        return detours.following(task.partition(), task.lane(), round);
    }

    /** Looks again whether what is held of a key is its oldest. */
    private void lookAgain(LaneTask task) {
        var queue = window.of(task.partition());
        if (queue != null) {
            holdOrMove(queue.takeOut(task.lane()));
        }
    }

    /** Its rule has gone from the configuration since, and another one sends the key there now, or none does. */
    private Outcome ruleGone(Parked work, RuleBook book, @Nullable Operation instead) {
        var outcome = Unruled.of(work.operation(), book, clock.instant(), work.attempts());
        observer.resumed(work.operation());
        if (instead != null) {
            observer.accepted(instead);
            observer.parked(instead, work.reason());
        }
        observer.ended(outcome);
        return outcome;
    }

    /** The rules that still send the key there, from the one on that was parked. */
    private static Optional<Candidates> candidates(Parked work, RuleBook book) {
        var operation = work.operation();
        return book.candidates(operation.event()).stream()
                .filter(candidates -> candidates.replica().equals(operation.replica()))
                .findFirst()
                .map(candidates -> candidates.from(operation.id().ruleId()));
    }

    private static ObjectKey replicaOf(Parked work) {
        var replica = work.operation().replica();
        if (replica == null) {
            throw new IllegalStateException("parked without a replica key");
        }
        return replica;
    }

    private Instant due(Instant since, int attempts) {
        return attempts == 0 ? since : since.plus(backoff.after(attempts));
    }

    private void tell(Runnable next) {
        synchronized (news) {
            news.add(next);
        }
    }

    /** What lanes have told since. */
    private void hearNews() {
        synchronized (news) {
            for (var next = news.poll(); next != null; next = news.poll()) {
                next.run();
            }
        }
    }

    /** Takes up what has become due. */
    void turn() {
        hearNews();
        var now = clock.instant();
        window.takeUp(now, this::mayGo, allowance).forEach(this::takeUp);
        rotateIfStuck(now);
    }

    private boolean mayGo(LaneTask task) {
        return breakers.permits(task.lane().bucket());
    }

    private void takeUp(Held held) {
        held.task().unsettle();
        observer.resumed(held.task().current());
        lanes.submit(held.task());
    }

    /**
     * Where the window, which all partitions share, is full of work for destinations that take none, and behind it there
     * is some for others, it moves on: nothing else would be read until the first of those comes back (promise P5).
     */
    private void rotateIfStuck(Instant now) {
        if (now.isBefore(movedAt.plus(STUCK_AFTER)) || !window.isNearlyFull()) {
            return;
        }
        if (detours.parked(breakers::permits) > window.size(this::mayGo)) {
            movedAt = now;
            rotate(window.takeOut(task -> !mayGo(task)));
        }
    }

    /** What is at the head of its keys stays ahead of all that is behind it, and in its order. */
    private void rotate(List<Held> blocked) {
        var rounds = blocked.stream()
                .map(held -> detours.ahead(held.task().partition(), held.task().lane()))
                .toList();
        for (var index = 0; index < blocked.size(); index++) {
            move(blocked.get(index), FailureReason.DST_UNAVAILABLE, rounds.get(index));
        }
    }

    /** Writes parked work to the end of its queue. */
    private void move(Held held, FailureReason reason, int round) {
        var task = held.task();
        detours.move(task.partition(), task.lane(), held.round(), round);
        task.work().parked(record(task, reason, task.triesBefore(), round));
        task.work().taskDone();
    }

    private OutgoingRecord record(LaneTask task, FailureReason reason, int attempts, int round) {
        return ParkedCodec.record(parkedTopic, new Parked(task.current(), clock.instant(), reason, attempts, round));
    }

    /** Drops what is held of partitions that leave; what runs ends with the lanes. */
    void letGo(String topic, Set<Integer> partitions) {
        if (!topic.equals(parkedTopic)) {
            return;
        }
        hearNews();
        for (var partition : partitions) {
            window.letGo(partition).forEach(held -> held.task().work().taskDropped());
        }
        detours.forget(partitions);
        observer.parkedLeft(partitions);
    }

    /** Tasks from the events topic: what their destination does not take is parked. */
    private final class Live implements Origin {
        @Override
        public Optional<FailureReason> obstacle(LaneTask task) {
            return detours.behind(task.partition(), task.lane(), task.sequence());
        }

        @Override
        public void stuck(LaneTask task, FailureReason reason, int attempts) {
            var round = detours.park(task.partition(), task.lane(), reason, task.sequence(), task.isOvertaken());
            task.work().parked(record(task, reason, attempts, round));
            task.work().taskDone();
            if (round > 0) {
                tell(() -> lookAgain(task));
            }
        }
    }

    /** Tasks from the parked topic: they stay at the head of their key until they are done. */
    private final class FromTopic implements Origin {
        private final int round;

        FromTopic(int round) {
            this.round = round;
        }

        @Override
        public Optional<FailureReason> obstacle(LaneTask task) {
            return following(task, round).map(_ -> FailureReason.DST_THROTTLED);
        }

        @Override
        public void stuck(LaneTask task, FailureReason reason, int attempts) {
            var tried = attempts > task.triesBefore();
            task.tried(attempts);
            var due = clock.instant().plus(tried ? backoff.after(attempts) : settings.delayMin());
            tell(() -> backToQueue(task, due));
        }

        private void backToQueue(LaneTask task, Instant due) {
            var queue = window.of(task.partition());
            if (queue == null) {
                task.work().taskDropped(); // its partition has left meanwhile
            } else {
                queue.back(task, due);
                lookAgain(task);
            }
        }

        @Override
        public void settled(LaneTask task) {
            // what was let go is counted by those who own the partition next, be it this instance again
            task.leash().unlessLetGo(() -> done(task));
        }

        private void done(LaneTask task) {
            detours.done(task.partition(), task.lane(), round);
            tell(() -> {
                var queue = window.of(task.partition());
                if (queue != null) {
                    queue.done(task);
                }
            });
        }
    }
}

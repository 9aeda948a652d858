package io.tidelock.replicator;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.ingest.order.KeyedLanes;
import io.tidelock.replicator.execute.Endpoints;
import io.tidelock.replicator.execute.OperationRunner;
import io.tidelock.replicator.execute.RunEnd;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Assignment;
import io.tidelock.replicator.rule.ReplicationRule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Where operations run: one after another for one replica key, many keys at once. Each destination has lanes of its own,
 * so that none waits for another. Thread-safe.
 */
public final class Lanes implements AutoCloseable {
    private final Map<Bucket, KeyedLanes<ObjectKey, LaneTask>> lanes = new ConcurrentHashMap<>();
    private final int lanesMax;
    private final ExecutorService threads;
    private final Endpoints endpoints;
    private final OperationRunner runner;
    private final OutcomeObserver observer;
    private final InstantSource clock;
    private final Duration drainDeadline;

    /**
     * @param lanesMax how many operations of one destination run at once, from 1
     * @param drainDeadline how long begun work that was let go may still take
     */
    public Lanes(
            int lanesMax,
            Duration drainDeadline,
            Endpoints endpoints,
            OperationRunner runner,
            OutcomeObserver observer,
            InstantSource clock) {
        this.endpoints = endpoints;
        this.runner = runner;
        this.observer = observer;
        this.clock = clock;
        this.drainDeadline = drainDeadline;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("lane-", 0).factory());
        this.lanesMax = lanesMax;
    }

    void submit(LaneTask task) {
        var destination = task.lane().bucket();
        lanes.computeIfAbsent(destination, _ -> new KeyedLanes<>(lanesMax, threads, this::run, this::stop))
                .submit(task.lane(), task);
    }

    /** How many tasks of a destination wait or run. */
    int tasksOf(Bucket destination) {
        var of = lanes.get(destination);
        return of == null ? 0 : of.tasks();
    }

    /**
     * Tells earlier tasks of the same key and origin that this one is parked before them.
     *
     * @return those that have not begun, in their order; they are in no lane any more
     */
    List<LaneTask> overtake(LaneTask by) {
        var of = lanes.get(by.lane().bucket());
        if (of == null) {
            return List.of();
        }
        Predicate<LaneTask> earlier =
                task -> task.lane().equals(by.lane()) && task.origin().equals(by.origin());
        var waiting = of.withdraw(by.lane(), earlier);
        of.begun(earlier).forEach(LaneTask::overtake);
        return waiting;
    }

    private void run(LaneTask task) {
        task.begin();
        try {
            var obstacle = task.origin().obstacle(task);
            if (obstacle.isPresent()) {
                stuck(task, obstacle.get(), task.triesBefore());
            } else {
                attempt(task);
            }
        } catch (InterruptedException givenUp) {
            drop(task);
        } finally {
            task.end();
        }
    }

    /** A rule whose tags do not match leaves the version to the rule below it (rule 6). */
    private void attempt(LaneTask task) throws InterruptedException {
        while (true) {
            switch (execute(task, task.rule())) {
                case RunEnd.Ended(var outcome) -> {
                    if (task.isAtLastRule() || !leavesToNextRule(outcome)) {
                        settle(task, outcome);
                        return;
                    }
                    observer.accepted(task.proceed(clock.instant()));
                    observer.ended(outcome);
                    task.work().ended(outcome);
                }
                case RunEnd.Stuck(var reason, var attempts) -> {
                    stuck(task, reason, attempts);
                    return;
                }
            }
        }
    }

    private static boolean leavesToNextRule(Outcome outcome) {
        return outcome instanceof Outcome.Skipped skipped && skipped.reason() == SkipReason.TAGS_DO_NOT_MATCH;
    }

    private void settle(LaneTask task, Outcome outcome) {
        task.settle();
        observer.ended(outcome);
        task.work().ended(outcome);
        task.origin().settled(task);
        task.work().taskDone();
    }

    /** What was let go is its next owner's to park: here, what is parked of its partition is forgotten. */
    private void stuck(LaneTask task, FailureReason reason, int attempts) {
        var parked = task.leash().unlessLetGo(() -> {
            task.settle();
            observer.parked(task.current(), reason);
            task.origin().stuck(task, reason, attempts);
        });
        if (!parked) {
            drop(task);
        }
    }

    private RunEnd execute(LaneTask task, ReplicationRule rule) throws InterruptedException {
        var destination = endpoints.of(task.lane().bucket().store());
        var account = rule.destination().account();
        var assignment = new Assignment(
                task.work().event(),
                rule,
                task.lane(),
                task.candidates().history(),
                task.candidates().acl(),
                destination.store().capabilities(),
                account == null || account.equals(destination.account()),
                task.wayBack());
        return runner.run(task.current(), task.triesBefore(), endpoints.route(assignment), task.leash());
    }

    private void drop(LaneTask task) {
        leave(task);
        task.work().taskDropped();
    }

    private void stop(LaneTask task, Throwable bug) {
        leave(task);
        task.work().taskFailed(bug);
    }

    private void leave(LaneTask task) {
        if (task.settle()) {
            observer.dropped(task.current());
        }
    }

    /** Drops what has not begun; what has begun may end within the drain deadline, but not wait for another try. */
    void letGo(Predicate<LaneTask> leaving) {
        lanes.values().forEach(of -> of.withdraw(leaving).forEach(this::drop));
        var ending = begun(leaving);
        if (!ending.isEmpty()) {
            ending.forEach(task -> task.leash().letGo());
            Thread.ofVirtual().name("lane-deadline").start(() -> interrupt(ending));
        }
    }

    private List<LaneTask> begun(Predicate<LaneTask> matching) {
        return lanes.values().stream()
                .flatMap(of -> of.begun(matching).stream())
                .toList();
    }

    /** Drops what has not begun, and ends by force what has: others do it already. */
    void giveUp(Predicate<LaneTask> lost) {
        lanes.values().forEach(of -> of.withdraw(lost).forEach(this::drop));
        begun(lost).forEach(task -> {
            task.leash().letGo();
            task.interrupt();
        });
    }

    /** Nobody may write any more when the next owner begins, who waits for so long (architecture: fencing an old owner). */
    private void interrupt(List<LaneTask> ending) {
        try {
            Thread.sleep(drainDeadline);
            ending.forEach(LaneTask::interrupt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many operations run now. */
    public int running() {
        return lanes.values().stream().mapToInt(KeyedLanes::running).sum();
    }

    /** Gives all work up. */
    @Override
    public void close() {
        giveUp(_ -> true);
        threads.shutdown();
    }
}

package io.tidelock.replicator;

import io.tidelock.domain.ObjectKey;
import io.tidelock.ingest.order.KeyedLanes;
import io.tidelock.replicator.execute.Endpoints;
import io.tidelock.replicator.execute.OperationRunner;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Assignment;
import io.tidelock.replicator.rule.ReplicationRule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Where operations run: one after another for one replica key, many keys at once. Thread-safe. */
public final class Lanes implements AutoCloseable {
    private final KeyedLanes<ObjectKey, LaneTask> lanes;
    private final ExecutorService threads;
    private final Set<LaneTask> begun = ConcurrentHashMap.newKeySet();
    private final Endpoints endpoints;
    private final OperationRunner runner;
    private final OutcomeObserver observer;
    private final InstantSource clock;
    private final Duration drainDeadline;

    /**
     * @param lanesMax how many operations run at once, from 1
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
        this.lanes = new KeyedLanes<>(lanesMax, threads, this::run, this::stop);
    }

    void submit(LaneTask task) {
        lanes.submit(task.lane(), task);
    }

    private void run(LaneTask task) {
        begun.add(task);
        task.begin();
        try {
            attempt(task);
            task.work().taskDone();
        } catch (InterruptedException givenUp) {
            drop(task);
        } finally {
            begun.remove(task);
            task.end();
        }
    }

    /** A rule whose tags do not match leaves the version to the rule below it (rule 6). */
    private void attempt(LaneTask task) throws InterruptedException {
        var rules = task.candidates().rules();
        var outcome = execute(task, rules.getFirst());
        for (var rule : rules.subList(1, rules.size())) {
            if (!(outcome instanceof Outcome.Skipped skipped) || skipped.reason() != SkipReason.TAGS_DO_NOT_MATCH) {
                break;
            }
            observer.accepted(task.proceed(rule, clock.instant()));
            observer.ended(outcome);
            task.work().ended(outcome);
            outcome = execute(task, rule);
        }
        task.settle();
        observer.ended(outcome);
        task.work().ended(outcome);
    }

    private Outcome execute(LaneTask task, ReplicationRule rule) throws InterruptedException {
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
        return runner.run(task.current(), endpoints.route(assignment), task.leash());
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
        lanes.withdraw(leaving).forEach(this::drop);
        var ending = begun.stream().filter(leaving).toList();
        if (!ending.isEmpty()) {
            ending.forEach(task -> task.leash().letGo());
            Thread.ofVirtual().name("lane-deadline").start(() -> interrupt(ending));
        }
    }

    /** Nobody may write any more when the next owner begins (architecture: fencing an old owner). */
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
        return lanes.running();
    }

    /** Gives all work up. */
    @Override
    public void close() {
        letGo(_ -> true);
        begun.forEach(LaneTask::interrupt);
        threads.shutdown();
    }
}

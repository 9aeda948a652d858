package io.tidelock.replicator.execute;

import io.tidelock.replicator.execute.Execution.Ended;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import io.tidelock.replicator.plan.Decision.Ask;
import io.tidelock.replicator.plan.Decision.Decided;
import io.tidelock.replicator.plan.Facts;
import io.tidelock.replicator.plan.Planner;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Brings one operation to its end: gather, plan, execute, and again after a failure that may pass, for as long as it
 * takes. Blocks its virtual thread; interrupting that, or its sleep, gives the operation up without an outcome.
 * Thread-safe.
 */
public final class OperationRunner {
    /** What changes at every look is left alone for a while after this many. */
    private static final int LOOKS_MAX = 8;

    private final Planner planner;
    private final PlanExecutor executor;
    private final BucketFactsCache buckets;
    private final Backoff backoff;
    private final ExecuteSettings settings;
    private final OutcomeObserver observer;
    private final InstantSource clock;

    /** @param chance for the jitter of retries; must be thread-safe */
    public OperationRunner(
            Planner planner,
            ExecuteSettings settings,
            OutcomeObserver observer,
            InstantSource clock,
            RandomGenerator chance) {
        this.planner = planner;
        this.settings = settings;
        this.observer = observer;
        this.clock = clock;
        this.backoff = new Backoff(settings.retry(), chance);
        this.buckets = new BucketFactsCache(clock, settings.bucketFactsMaxAge());
        var budget = new ByteBudget(settings.transfer().bytesInFlightMax());
        var parts = new MultipartCopier(settings.transfer(), budget, new PartRetries(backoff, Sleeper.REAL));
        this.executor = new PlanExecutor(
                new Copier(settings.transfer(), parts, budget), new OwnerCheck(settings.ownerCheckEvery()), buckets);
    }

    /**
     * Works until there is an outcome.
     *
     * @param sleeper waits between tries
     * @throws InterruptedException when the work is given up
     */
    public Outcome run(Operation operation, Route route, Sleeper sleeper) throws InterruptedException {
        var mismatches = 0;
        for (var number = 1; ; number++) {
            var attempt = new Attempt(operation, number, clock);
            FailureReason reason;
            try {
                if (look(attempt, route) instanceof Ended(var outcome)) {
                    return outcome;
                }
                reason = FailureReason.KEEPS_CHANGING;
            } catch (SidedException e) {
                switch (FailureMapping.of(e)) {
                    case Verdict.Permanent(var permanent) -> {
                        return attempt.failed(permanent, e.refusal().getMessage());
                    }
                    case Verdict.Needless(var needless) -> {
                        return attempt.skipped(needless);
                    }
                    case Verdict.TryLater(var passing) -> reason = passing;
                    case Verdict.LookAgain() -> reason = FailureReason.KEEPS_CHANGING;
                }
                if (reason == FailureReason.REPLICA_DIFFERS
                        && ++mismatches >= settings.retry().mismatchesMax()) {
                    return attempt.failed(reason, e.refusal().getMessage());
                }
            }
            observer.retried(operation, reason);
            sleeper.sleep(backoff.after(number));
        }
    }

    /** Looks and acts until the plan has ended, or what is seen has changed too often. */
    private Execution look(Attempt attempt, Route route) throws InterruptedException {
        for (var looks = 1; ; looks++) {
            try (var gatherer =
                    new FactGatherer(route, buckets, clock, settings.transfer().multipartThresholdBytes())) {
                var execution = act(attempt, route, gatherer);
                if (execution instanceof Ended || looks >= LOOKS_MAX) {
                    return execution;
                }
            } catch (SidedException e) {
                if (!(FailureMapping.of(e) instanceof Verdict.LookAgain) || looks >= LOOKS_MAX) {
                    throw e;
                }
            }
        }
    }

    private Execution act(Attempt attempt, Route route, FactGatherer gatherer) throws InterruptedException {
        var facts = Facts.NONE;
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the work was let go");
            }
            switch (planner.decide(route.assignment(), facts)) {
                case Ask(var question) -> facts = gatherer.answer(facts, question);
                case Decided decided -> {
                    return executor.execute(decided.plan(), route, gatherer, attempt);
                }
            }
        }
    }
}

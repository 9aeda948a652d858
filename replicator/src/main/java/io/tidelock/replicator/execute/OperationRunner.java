package io.tidelock.replicator.execute;

import io.tidelock.replicator.execute.Execution.Ended;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Journal;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import io.tidelock.replicator.park.Breakers;
import io.tidelock.replicator.park.Breakers.Result;
import io.tidelock.replicator.plan.Decision.Ask;
import io.tidelock.replicator.plan.Decision.Decided;
import io.tidelock.replicator.plan.Facts;
import io.tidelock.replicator.plan.Planner;
import io.tidelock.replicator.upload.UploadLedger;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Brings one operation to its end: gather, plan, execute, and a few times again after a failure that may pass. Blocks its virtual thread; interrupting that, or its sleep, gives the operation up without an outcome.
 * Thread-safe.
 */
public final class OperationRunner {
    /** What changes at every look is left alone for a while after this many. */
    private static final int LOOKS_MAX = 8;

    private final Planner planner;
    private final PlanExecutor executor;
    private final BucketFactsCache buckets;
    private final Journal journal;
    private final Breakers breakers;
    private final Backoff backoff;
    private final ExecuteSettings settings;
    private final OutcomeObserver observer;
    private final InstantSource clock;

    /** Without a journal, so that a sweep would copy whatever is missing. */
    public OperationRunner(
            Planner planner,
            ExecuteSettings settings,
            Breakers breakers,
            UploadLedger uploads,
            OutcomeObserver observer,
            InstantSource clock,
            RandomGenerator chance) {
        this(planner, settings, breakers, uploads, Journal.NONE, observer, clock, chance);
    }

    /**
     * @param journal what outcomes tell; asked for what a sweep finds missing
     * @param chance for the jitter of retries; must be thread-safe
     */
    public OperationRunner(
            Planner planner,
            ExecuteSettings settings,
            Breakers breakers,
            UploadLedger uploads,
            Journal journal,
            OutcomeObserver observer,
            InstantSource clock,
            RandomGenerator chance) {
        this.journal = journal;
        this.planner = planner;
        this.settings = settings;
        this.breakers = breakers;
        this.observer = observer;
        this.clock = clock;
        this.backoff = new Backoff(settings.retry().delayMin(), settings.retry().delayMax(), chance);
        this.buckets = new BucketFactsCache(clock, settings.bucketFactsMaxAge());
        var budget = new ByteBudget(settings.transfer().bytesInFlightMax());
        var parts = new MultipartCopier(
                settings.transfer(),
                budget,
                new PartRetries(backoff, Sleeper.REAL),
                new ResumableUploads(uploads, clock));
        this.executor = new PlanExecutor(
                new Copier(settings.transfer(), parts, budget), new OwnerCheck(settings.ownerCheckEvery()), buckets);
    }

    /**
     * Works until there is an outcome, or the tries are used up.
     *
     * @param triesBefore how often it was tried before it was parked
     * @param sleeper waits between tries
     * @throws InterruptedException when the work is given up
     */
    public RunEnd run(Operation operation, int triesBefore, Route route, Sleeper sleeper) throws InterruptedException {
        var destination = route.assignment().replica().bucket();
        var mismatches = 0;
        for (var number = 1; ; number++) {
            if (!breakers.begin(destination)) {
                return new RunEnd.Stuck(FailureReason.DST_UNAVAILABLE, triesBefore + number - 1);
            }
            var attempt = new Attempt(operation, triesBefore + number, clock);
            switch (tried(attempt, route)) {
                case Tried.Ended(var outcome) -> {
                    return new RunEnd.Ended(outcome);
                }
                case Tried.Passing(var reason, var why) -> {
                    if (reason == FailureReason.REPLICA_DIFFERS
                            && ++mismatches >= settings.retry().mismatchesMax()) {
                        return new RunEnd.Ended(attempt.failed(reason, why));
                    }
                    observer.retried(operation, reason);
                    if (number >= settings.retry().triesMax()) {
                        return new RunEnd.Stuck(reason, triesBefore + number);
                    }
                }
            }
            sleeper.sleep(backoff.after(number));
        }
    }

    /** How one try ended. */
    private sealed interface Tried {
        record Ended(Outcome outcome) implements Tried {}

        record Passing(FailureReason reason, @Nullable String why) implements Tried {}
    }

    private Tried tried(Attempt attempt, Route route) throws InterruptedException {
        var destination = route.assignment().replica().bucket();
        var result = Result.UNKNOWN;
        try {
            var execution = look(attempt, route);
            result = Result.ANSWERED;
            return execution instanceof Ended(var outcome)
                    ? new Tried.Ended(outcome)
                    : new Tried.Passing(FailureReason.KEEPS_CHANGING, null);
        } catch (SidedException e) {
            var why = e.refusal().getMessage();
            var tried = switch (FailureMapping.of(e)) {
                case Verdict.Permanent(var permanent) -> new Tried.Ended(attempt.failed(permanent, why));
                case Verdict.Needless(var needless) -> new Tried.Ended(attempt.skipped(needless));
                case Verdict.TryLater(var passing) -> new Tried.Passing(passing, why);
                case Verdict.LookAgain() -> new Tried.Passing(FailureReason.KEEPS_CHANGING, why);
            };
            if (e.side() == Side.DESTINATION) {
                result = takesNothing(tried) ? Result.FAILED : Result.ANSWERED;
            }
            return tried;
        } finally {
            breakers.ended(destination, result);
        }
    }

    private static boolean takesNothing(Tried tried) {
        return tried instanceof Tried.Passing(var reason, var _)
                && (reason == FailureReason.DST_UNAVAILABLE || reason == FailureReason.DST_THROTTLED);
    }

    /** Looks and acts until the plan has ended, or what is seen has changed too often. */
    private Execution look(Attempt attempt, Route route) throws InterruptedException {
        for (var looks = 1; ; looks++) {
            try (var gatherer = new FactGatherer(
                    route, buckets, journal, clock, settings.transfer().multipartThresholdBytes())) {
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

package io.tidelock.replicator.execute;

import io.tidelock.replicator.budget.RuleCharge;
import io.tidelock.replicator.execute.Execution.Ended;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Journal;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import io.tidelock.replicator.park.Breakers.Result;
import io.tidelock.replicator.park.ConcurrencyLimits.Turn;
import io.tidelock.replicator.park.Gates;
import io.tidelock.replicator.plan.Decision.Ask;
import io.tidelock.replicator.plan.Decision.Decided;
import io.tidelock.replicator.plan.Facts;
import io.tidelock.replicator.plan.Plan;
import io.tidelock.replicator.plan.Planner;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.upload.UploadLedger;
import java.time.Duration;
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
    private final HiddenAspects hidden;
    private final Journal journal;
    private final Gates gates;
    private final ConnectionShares connections;
    private final Backoff backoff;
    private final ExecuteSettings settings;
    private final OutcomeObserver observer;
    private final InstantSource clock;

    /** Without a journal, so that a sweep would copy whatever is missing. */
    public OperationRunner(
            Planner planner,
            ExecuteSettings settings,
            Gates gates,
            UploadLedger uploads,
            OutcomeObserver observer,
            InstantSource clock,
            RandomGenerator chance) {
        this(planner, settings, gates, uploads, Journal.NONE, observer, clock, chance);
    }

    /**
     * @param journal what outcomes tell; asked for what a sweep finds missing
     * @param chance for the jitter of retries; must be thread-safe
     */
    public OperationRunner(
            Planner planner,
            ExecuteSettings settings,
            Gates gates,
            UploadLedger uploads,
            Journal journal,
            OutcomeObserver observer,
            InstantSource clock,
            RandomGenerator chance) {
        this.journal = journal;
        this.planner = planner;
        this.settings = settings;
        this.gates = gates;
        this.connections = ConnectionShares.beside(settings.transfer());
        this.observer = observer;
        this.clock = clock;
        this.backoff = new Backoff(settings.retry().delayMin(), settings.retry().delayMax(), chance);
        this.buckets = new BucketFactsCache(clock, settings.bucketFactsMaxAge());
        this.hidden = new HiddenAspects(buckets, clock, settings.bucketFactsMaxAge());
        var budget = new ByteBudget(settings.transfer().bytesInFlightMax());
        var parts = new MultipartCopier(
                settings.transfer(),
                budget,
                new PartRetries(backoff, Sleeper.REAL),
                new ResumableUploads(uploads, clock),
                gates.limits(),
                Sleeper.REAL);
        this.executor = new PlanExecutor(
                new Copier(settings.transfer(), parts, budget),
                new OwnerCheck(settings.ownerCheckEvery()),
                buckets,
                hidden);
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
        var rule = gates.budgets()
                .ofRule(
                        operation.event().object().bucket(),
                        route.assignment().rule().id());
        var atOnceMax = Math.min(
                connections.operationsMax(route),
                gates.budgets()
                        .operationsMax(
                                route.source().name(), route.destination().name(), rule));
        var mismatches = 0;
        var failures = 0;
        var throttled = 0;
        for (var number = 1; ; number++) {
            Duration pause;
            try (var turn = sleeper.await(() -> gates.limits().enter(destination, atOnceMax))) {
                if (!gates.breakers().begin(destination)) {
                    return new RunEnd.Stuck(reason(turn), triesBefore + number - 1);
                }
                var attempt = new Attempt(operation, triesBefore + number, clock);
                switch (RuleCharge.call(rule, () -> tried(attempt, route, turn))) {
                    case Tried.Ended(var outcome) -> {
                        return new RunEnd.Ended(outcome);
                    }
                    case Tried.Passing(var reason, var why) -> {
                        if (reason == FailureReason.REPLICA_DIFFERS
                                && ++mismatches >= settings.retry().mismatchesMax()) {
                            return new RunEnd.Ended(attempt.failed(reason, why));
                        }
                        observer.retried(operation, reason);
                        if (++failures >= settings.retry().triesMax()) {
                            return new RunEnd.Stuck(reason, triesBefore + number);
                        }
                        pause = backoff.after(failures);
                    }
                    case Tried.Throttled(var reason, var rounds) -> {
                        observer.retried(operation, reason);
                        if (++throttled >= gates.limits().throttledTriesMax()) {
                            return new RunEnd.Stuck(reason, triesBefore + number);
                        }
                        if (rounds > 0) {
                            sleeper.sleep(backoff.after(rounds)); // nobody takes its turn meanwhile
                        }
                        pause = backoff.after(throttled);
                    }
                }
            }
            sleeper.sleep(pause);
        }
    }

    private static FailureReason reason(Turn turn) {
        return turn.isThrottled() ? FailureReason.DST_THROTTLED : FailureReason.DST_UNAVAILABLE;
    }

    /** How one try ended. */
    private sealed interface Tried {
        record Ended(Outcome outcome) implements Tried {}

        record Passing(FailureReason reason, @Nullable String why) implements Tried {}

        /** @param rounds how many rounds in a row the destination has asked to slow down; 0 when the source did */
        record Throttled(FailureReason reason, int rounds) implements Tried {}
    }

    private Tried tried(Attempt attempt, Route route, Turn turn) throws InterruptedException {
        var destination = route.assignment().replica().bucket();
        var result = Result.UNKNOWN;
        try {
            var looked = look(attempt, route);
            result = looked.destinationAsked() ? Result.ANSWERED : Result.UNKNOWN;
            return looked.execution() instanceof Ended(var outcome)
                    ? new Tried.Ended(outcome)
                    : new Tried.Passing(FailureReason.KEEPS_CHANGING, null);
        } catch (SidedException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the work was let go");
            }
            var why = e.refusal().getMessage();
            var tried = switch (FailureMapping.of(e)) {
                case Verdict.Permanent(var permanent) -> new Tried.Ended(attempt.failed(permanent, why));
                case Verdict.Needless(var needless) -> new Tried.Ended(attempt.skipped(needless));
                case Verdict.TryLater(var passing) -> new Tried.Passing(passing, why);
                case Verdict.LookAgain() -> new Tried.Passing(FailureReason.KEEPS_CHANGING, why);
            };
            if (e.side() == Side.DESTINATION) {
                result = answer(e.refusal().failure(), turn);
            }
            return e.refusal().failure() == StoreFailure.THROTTLED ? throttled(e.side(), turn) : tried;
        } finally {
            if (result == Result.ANSWERED) {
                turn.succeeded();
            }
            gates.breakers().ended(destination, result);
        }
    }

    /** Being asked to slow down is no failure as long as there is a way to do so. */
    private static Result answer(StoreFailure failure, Turn turn) {
        return switch (failure) {
            case UNAVAILABLE, CREDENTIALS_UNAVAILABLE -> Result.FAILED;
            case THROTTLED -> turn.isAtFloor() ? Result.FAILED : Result.UNKNOWN;
            case NOT_FOUND,
                    BUCKET_NOT_FOUND,
                    WRONG_REGION,
                    DENIED,
                    CREDENTIALS,
                    KMS_KEY_NOT_FOUND,
                    KMS_KEY_INVALID_STATE,
                    ARCHIVED,
                    CUSTOMER_KEY_NEEDED,
                    PRECONDITION,
                    CHECKSUM_MISMATCH,
                    UNSUPPORTED,
                    TOO_MANY_VERSIONS,
                    INVALID_REQUEST -> Result.ANSWERED;
        };
    }

    private static Tried throttled(Side side, Turn turn) {
        return side == Side.DESTINATION
                ? new Tried.Throttled(FailureReason.DST_THROTTLED, turn.throttled())
                : new Tried.Throttled(FailureReason.SRC_THROTTLED, 0);
    }

    /** @param destinationAsked whether it says anything about the destination */
    private record Looked(Execution execution, boolean destinationAsked) {}

    /** Looks and acts until the plan has ended, or what is seen has changed too often. */
    private Looked look(Attempt attempt, Route route) throws InterruptedException {
        for (var looks = 1; ; looks++) {
            try (var gatherer = new FactGatherer(
                    route, buckets, hidden, journal, clock, settings.transfer().multipartThresholdBytes())) {
                var execution = act(attempt, route, gatherer);
                if (execution instanceof Ended || looks >= LOOKS_MAX) {
                    return new Looked(execution, gatherer.destinationAsked());
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
                    var execution = executor.execute(decided.plan(), route, gatherer, attempt);
                    if (execution instanceof Ended(Outcome.Replicated _)
                            && decided.plan() instanceof Plan.Replicate replicate
                            && replicate.source().userMetadata().containsKey(MarkKeys.METADATA_NAME)) {
                        observer.foreignMark(attempt.operation());
                    }
                    return execution;
                }
            }
        }
    }
}

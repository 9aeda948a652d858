package io.tidelock.replicator.execute;

import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Journal;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Decision.Ask;
import io.tidelock.replicator.plan.Decision.Decided;
import io.tidelock.replicator.plan.Facts;
import io.tidelock.replicator.plan.Plan;
import io.tidelock.replicator.plan.Planner;
import java.time.Duration;
import java.time.InstantSource;

/** Looks at both sides and decides as the replicator would, and does nothing. Blocks; thread-safe. */
public final class Foresight {
    private static final Duration FACTS_MAX_AGE = Duration.ofMinutes(1);

    private final Planner planner;
    private final InstantSource clock;
    private final BucketFactsCache buckets;
    private final HiddenAspects hidden;

    public Foresight(Planner planner, InstantSource clock) {
        this.planner = planner;
        this.clock = clock;
        this.buckets = new BucketFactsCache(clock, FACTS_MAX_AGE);
        this.hidden = new HiddenAspects(buckets, clock, FACTS_MAX_AGE);
    }

    /** What would be done. */
    public sealed interface Foreseen {
        /**
         * A plan.
         *
         * @param because why, in a few words for a person
         * @param questions how many facts were asked of the stores
         */
        record Planned(Plan plan, String because, int questions) implements Foreseen {}

        /** A store refused a question: that would end the operation so. */
        record Ends(SkipReason reason, String detail) implements Foreseen {}

        /** A store refused a question: only a person can help. */
        record Fails(FailureReason reason, String detail) implements Foreseen {}

        /** A store did not answer, or what was seen changed meanwhile: it would be tried again. */
        record Retries(FailureReason reason, String detail) implements Foreseen {}
    }

    /** Decides about one event under one rule. */
    public Foreseen of(Route route) {
        try (var gatherer = new FactGatherer(route, buckets, hidden, Journal.NONE, clock, 0)) {
            var facts = Facts.NONE;
            while (true) {
                switch (planner.decide(route.assignment(), facts)) {
                    case Ask(var question) -> facts = gatherer.answer(facts, question);
                    case Decided(var plan, var because) -> {
                        return new Foreseen.Planned(plan, because, gatherer.asked());
                    }
                }
            }
        } catch (SidedException e) {
            var detail = String.valueOf(e.getMessage());
            return switch (FailureMapping.of(e)) {
                case Verdict.Permanent(var reason) -> new Foreseen.Fails(reason, detail);
                case Verdict.Needless(var reason) -> new Foreseen.Ends(reason, detail);
                case Verdict.TryLater(var reason) -> new Foreseen.Retries(reason, detail);
                case Verdict.LookAgain() -> new Foreseen.Retries(FailureReason.KEEPS_CHANGING, detail);
            };
        }
    }
}

package io.tidelock.replicator.execute;

import io.tidelock.sandbox.shrink.Failure;
import io.tidelock.sandbox.shrink.Shrinking;
import io.tidelock.sandbox.shrink.Shrinking.Shrunk;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Histories of one kind, each from a seed. One that breaks a promise is shrunk, and told step by step with its seed.
 *
 * @param kind which histories, for people
 * @param steps makes a history by chance
 * @param player a new world in which a history can be played
 */
record GeneratedHistories(String kind, Function<Random, List<HistoryStep>> steps, Player player) {
    private static final int TRIALS_MAX = 20_000;

    /** Makes the world of one history. */
    @FunctionalInterface
    interface Player {
        PlayedHistory of(long seed, List<HistoryStep> steps);
    }

    /** A history played once. */
    interface PlayedHistory {
        /** Plays it to its end and judges what is there. */
        void play() throws InterruptedException;

        /** What happened, a line each. */
        List<String> story();
    }

    /** A history broke a promise. */
    static final class BrokenPromise extends AssertionError {
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;
        private final transient Shrunk<HistoryStep> shrunk;

        BrokenPromise(String message, Throwable cause, Failure failure, Shrunk<HistoryStep> shrunk) {
            super(message, cause);
            this.failure = failure;
            this.shrunk = shrunk;
        }

        /** How it failed. */
        Failure failure() {
            return failure;
        }

        /** What is left of the history. */
        Shrunk<HistoryStep> shrunk() {
            return shrunk;
        }
    }

    /** Plays the history of a seed. */
    void judge(long seed) throws InterruptedException {
        var all = steps.apply(new Random(seed));
        var failed = failure(player.of(seed, all));
        if (failed == null) {
            return;
        }
        var failure = Failure.of(failed);
        var shrunk = new Shrinking<HistoryStep>(
                        candidates -> firstAlike(seed, candidates, failure), HistoryStep::simpler, TRIALS_MAX)
                .shrink(all);
        var least = player.of(seed, shrunk.steps());
        var cause = failure(least);
        throw new BrokenPromise(
                "seed %d, %s: %d of %d steps are needed (%d histories tried%s)%n  %s%n  %s"
                        .formatted(
                                seed,
                                kind,
                                shrunk.steps().size(),
                                all.size(),
                                shrunk.trials(),
                                shrunk.minimal() ? "" : ", not all there are",
                                shrunk.steps(),
                                String.join(System.lineSeparator() + "  ", least.story())),
                cause == null ? failed : cause,
                failure,
                shrunk);
    }

    /** Whether some steps fail in that way. */
    boolean failsAlike(long seed, List<HistoryStep> some, Failure failure) throws InterruptedException {
        var failed = failure(player.of(seed, some));
        return failed != null && Failure.of(failed).equals(failure);
    }

    private Optional<List<HistoryStep>> firstAlike(long seed, List<List<HistoryStep>> candidates, Failure failure)
            throws InterruptedException {
        for (var candidate : candidates) {
            if (failsAlike(seed, candidate, failure)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Throwable failure(PlayedHistory history) throws InterruptedException {
        try {
            history.play();
            return null;
        } catch (AssertionError | RuntimeException failed) {
            return failed;
        }
    }
}

package io.tidelock.sandbox.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Takes steps out of a failing history as long as what is left fails alike: first halves, then smaller and smaller pieces, at last single
 * steps; then puts simpler steps in the place of those that stayed. What comes out is minimal: without any one of its steps it does not
 * fail so any more.
 *
 * <p>Source: delta debugging; Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002.
 *
 * @param <S> one step
 */
public final class Shrinking<S> {
    private final Trial<S> trial;
    private final Function<S, List<S>> simpler;
    private final int trialsMax;
    private int trials;

    /**
     * Prepares to shrink one history.
     *
     * @param simpler what may take the place of a step, the simplest first; never the step itself, and never in a circle
     * @param trialsMax how many histories are tried, from 1; beyond it what is there is taken
     */
    public Shrinking(Trial<S> trial, Function<S, List<S>> simpler, int trialsMax) {
        if (trialsMax < 1) {
            throw new IllegalArgumentException("trialsMax must be at least 1, was " + trialsMax);
        }
        this.trial = trial;
        this.simpler = simpler;
        this.trialsMax = trialsMax;
    }

    /**
     * Tries histories.
     *
     * @param <S> one step
     */
    @FunctionalInterface
    public interface Trial<S> {
        /** The first of them that fails as the whole did; empty when none does. */
        Optional<List<S>> firstThatFails(List<List<S>> candidates) throws InterruptedException;
    }

    /**
     * What is left of a history.
     *
     * @param trials how many histories were tried
     * @param minimal whether there was time to try all that could be taken out or made simpler
     * @param <S> one step
     */
    public record Shrunk<S>(List<S> steps, int trials, boolean minimal) {
        public Shrunk {
            steps = List.copyOf(steps);
        }
    }

    /** Shrinks a history that has failed. */
    public Shrunk<S> shrink(List<S> failing) throws InterruptedException {
        var steps = failing;
        for (var piece = Math.max(1, steps.size() / 2); trials < trialsMax; ) {
            var smaller = tried(withoutPieces(steps, piece));
            if (smaller.isPresent()) {
                steps = smaller.get();
                piece = Math.clamp(steps.size() / 2, 1, piece);
            } else if (piece > 1) {
                piece /= 2;
            } else {
                var plainer = tried(withSimplerSteps(steps));
                if (plainer.isEmpty()) {
                    return new Shrunk<>(steps, trials, trials < trialsMax);
                }
                steps = plainer.get();
            }
        }
        return new Shrunk<>(steps, trials, false);
    }

    private Optional<List<S>> tried(List<List<S>> candidates) throws InterruptedException {
        var affordable = candidates.subList(0, Math.min(candidates.size(), trialsMax - trials));
        trials += affordable.size();
        return affordable.isEmpty() ? Optional.empty() : trial.firstThatFails(affordable);
    }

    /** The history without each of its pieces of that length; the last one may be shorter. */
    private static <S> List<List<S>> withoutPieces(List<S> steps, int piece) {
        return IntStream.iterate(0, from -> from < steps.size(), from -> from + piece)
                .mapToObj(from -> {
                    var rest = new ArrayList<>(steps.subList(0, from));
                    rest.addAll(steps.subList(Math.min(from + piece, steps.size()), steps.size()));
                    return List.copyOf(rest);
                })
                .toList();
    }

    private List<List<S>> withSimplerSteps(List<S> steps) {
        return IntStream.range(0, steps.size())
                .boxed()
                .flatMap(at -> simpler.apply(steps.get(at)).stream().map(step -> {
                    var other = new ArrayList<>(steps);
                    other.set(at, step);
                    return List.copyOf(other);
                }))
                .toList();
    }
}

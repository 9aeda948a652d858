package io.tidelock.replicator.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One step of a generated history. Each has chance of its own, so that the others do the same when one is taken out. What is still told when
 * the steps have ended is delivered then.
 */
sealed interface HistoryStep {
    /** Something may happen in this history that does not happen in each. */
    record With(HistoryTrait trait) implements HistoryStep {
        @Override
        public String toString() {
            return "with " + trait;
        }
    }

    /** Somebody changes something. */
    record Change(long chance) implements HistoryStep {
        @Override
        public String toString() {
            return "change";
        }
    }

    /**
     * One event that was told is delivered, if there is any.
     *
     * @param rough whether it may be lost, come again, or the replicator die over it
     */
    record Deliver(long chance, boolean rough) implements HistoryStep {
        @Override
        public String toString() {
            return rough ? "deliver roughly" : "deliver";
        }
    }

    /** So many changes, and deliveries among them. */
    static List<HistoryStep> random(Random random, List<HistoryTrait> traits, int changes) {
        var steps = new ArrayList<HistoryStep>();
        traits.forEach(trait -> steps.add(new With(trait)));
        for (var left = changes; left > 0; ) {
            if (random.nextInt(3) == 0) {
                steps.add(new Change(random.nextLong()));
                left--;
            } else {
                steps.add(new Deliver(random.nextLong(), true));
            }
        }
        return List.copyOf(steps);
    }

    /** What happens in a history of these steps. */
    static Set<HistoryTrait> traits(List<HistoryStep> steps) {
        return steps.stream()
                .filter(With.class::isInstance)
                .map(step -> ((With) step).trait())
                .collect(Collectors.toSet());
    }

    /** What may take a step's place while a history is shrunk. */
    static List<HistoryStep> simpler(HistoryStep step) {
        return step instanceof Deliver(var chance, var rough) && rough
                ? List.of(new Deliver(chance, false))
                : List.of();
    }
}

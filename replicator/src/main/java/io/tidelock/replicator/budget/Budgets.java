package io.tidelock.replicator.budget;

import io.tidelock.domain.Bucket;
import java.util.Map;
import java.util.Optional;

/** The budgets of this process: of every store, and of the rules that have one. Immutable, its budgets are shared. */
public final class Budgets {
    /** No bounds, and nothing is counted. */
    public static final Budgets NONE = new Budgets(Map.of(), Map.of());

    private final Map<String, Budget> stores;
    private final Map<RuleName, Budget> rules;

    /**
     * @param stores by the names of the configuration
     * @param rules those that have one
     */
    public Budgets(Map<String, Budget> stores, Map<RuleName, Budget> rules) {
        this.stores = Map.copyOf(stores);
        this.rules = Map.copyOf(rules);
    }

    /**
     * A rule.
     *
     * @param source whose configuration it stands in
     * @param id what it is called there
     */
    public record RuleName(Bucket source, String id) {}

    /** What a store may cost. */
    public Optional<Budget> ofStore(String name) {
        return Optional.ofNullable(stores.get(name));
    }

    /** What a rule may cost, where it has a budget. */
    public Optional<Budget> ofRule(Bucket source, String id) {
        return rules.isEmpty() ? Optional.empty() : Optional.ofNullable(rules.get(new RuleName(source, id)));
    }

    /** How many operations between two stores may be in flight at once, as far as budgets say. */
    public int operationsMax(String source, String destination, Optional<Budget> rule) {
        return Math.min(
                Math.min(operationsMax(ofStore(source)), operationsMax(ofStore(destination))), operationsMax(rule));
    }

    private static int operationsMax(Optional<Budget> budget) {
        return budget.map(Budget::operationsMax).orElse(Integer.MAX_VALUE);
    }

    /** The budgets of stores by name. */
    public Map<String, Budget> stores() {
        return stores;
    }

    /** The budgets of rules. */
    public Map<RuleName, Budget> rules() {
        return rules;
    }
}

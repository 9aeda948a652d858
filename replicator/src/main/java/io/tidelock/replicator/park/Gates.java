package io.tidelock.replicator.park;

import io.tidelock.replicator.budget.Budgets;

/**
 * What stands before a destination: its breaker lets tries through or not, its limit and what both stores and the rule may
 * cost let so many run at once. Thread-safe.
 */
public record Gates(Breakers breakers, ConcurrencyLimits limits, Budgets budgets) {
    /** Where nothing has a budget. */
    public Gates(Breakers breakers, ConcurrencyLimits limits) {
        this(breakers, limits, Budgets.NONE);
    }
}

package io.tidelock.deploy.config;

import io.tidelock.replicator.budget.BudgetSettings;

/** Reads what something may cost. */
final class BudgetReader {
    private BudgetReader() {}

    static BudgetSettings read(Settings budget) {
        return new BudgetSettings(budget.optionalWhole("requestsPerSecond"), budget.optionalWhole("bytesPerSecond"));
    }
}

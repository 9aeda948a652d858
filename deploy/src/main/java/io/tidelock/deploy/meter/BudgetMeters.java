package io.tidelock.deploy.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidelock.compliance.meter.MeterNames;
import io.tidelock.replicator.budget.Budget;
import io.tidelock.replicator.budget.Budgets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Shows what stores, and rules with budgets, have cost, as long as somebody holds their budgets. Thread-safe. */
public final class BudgetMeters {
    private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final MeterRegistry registry;
    private final Budgets all;

    private BudgetMeters(MeterRegistry registry, Budgets all) {
        this.registry = registry;
        this.all = all;
    }

    /** Shows all budgets. Rules of one id in several buckets are shown as one. */
    public static void show(MeterRegistry registry, Budgets all) {
        var meters = new BudgetMeters(registry, all);
        all.stores().forEach((name, budget) -> meters.show("store", name, List.of(budget)));
        all.rules().entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().id(),
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())))
                .forEach((id, budgets) -> meters.show("rule", id, budgets));
    }

    private void show(String scope, String name, List<Budget> budgets) {
        count(MeterNames.BUDGET_REQUESTS, scope, name, budgets, Budget::requestsSpent);
        count(MeterNames.BUDGET_BYTES, scope, name, budgets, Budget::bytesSpent);
        count(
                MeterNames.BUDGET_WAITED,
                scope,
                name,
                budgets,
                budget -> budget.waited().toNanos() / SECOND_NANOS);
    }

    private void count(
            MeterNames meter, String scope, String name, List<Budget> budgets, ToDoubleFunction<Budget> value) {
        FunctionCounter.builder(
                        meter.id(),
                        all,
                        _ -> budgets.stream().mapToDouble(value).sum())
                .description(meter.help())
                .tag("scope", scope)
                .tag("name", name)
                .register(registry);
    }
}

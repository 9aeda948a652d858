package io.tidelock.compliance.meter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidelock.replicator.rule.BucketRules;

/** Shows which buckets a rule connects, so that no other series has to carry a bucket's name. */
public final class RuleInfo {
    private RuleInfo() {}

    /** One series for each enabled rule, up to the bound on rules. */
    public static void show(MeterRegistry registry, Iterable<BucketRules> all) {
        var shown = 0;
        for (var rules : all) {
            for (var rule : rules.rules()) {
                if (rule.enabled() && shown++ < OutcomeMeters.RULES_MAX) {
                    Gauge.builder(MeterNames.RULE_INFO.id(), () -> 1)
                            .description(MeterNames.RULE_INFO.help())
                            .tag("rule", rule.id())
                            .tag("source_bucket", rules.source().toString())
                            .tag("destination_bucket", rules.destinationOf(rule).toString())
                            .strongReference(true)
                            .register(registry);
                }
            }
        }
    }
}

package io.tidelock.deploy.meter;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import io.tidelock.compliance.meter.MeterNames;
import io.tidelock.compliance.meter.OutcomeMeters;
import io.tidelock.replicator.rule.BucketRules;
import java.util.List;

/** Shows which buckets a rule connects, so that no other series has to carry a bucket's name. */
public final class RuleInfo {
    private RuleInfo() {}

    /**
     * One series for each enabled rule, up to the bound on rules. Micrometer has no kind of meter for it, and strips the
     * ending {@code _info} from the names of its own.
     */
    public static void show(PrometheusMeterRegistry registry, List<BucketRules> all) {
        var info = Info.builder()
                .name(MeterNames.RULE_INFO.id())
                .help(MeterNames.RULE_INFO.help())
                .labelNames(MeterNames.RULE_INFO.labels().toArray(String[]::new))
                .register(registry.getPrometheusRegistry());
        all.stream()
                .flatMap(rules -> rules.rules().stream()
                        .filter(rule -> rule.enabled())
                        .map(rule -> new String[] {
                            rule.id(),
                            rules.source().toString(),
                            rules.destinationOf(rule).toString()
                        }))
                .limit(OutcomeMeters.RULES_MAX)
                .forEach(info::addLabelValues);
    }
}

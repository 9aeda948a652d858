package io.tidelock.deploy.meter;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import io.tidelock.compliance.meter.MeterNames;
import io.tidelock.compliance.meter.OutcomeMeters;
import io.tidelock.replicator.rule.BucketRules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Shows which buckets a rule connects, so that no other series has to carry a bucket's name. */
public final class RuleInfo {
    private final Info info;
    private final Set<List<String>> shown = new HashSet<>();

    /** Micrometer has no kind of meter for it, and strips the ending {@code _info} from the names of its own. */
    public RuleInfo(PrometheusMeterRegistry registry) {
        info = Info.builder()
                .name(MeterNames.RULE_INFO.id())
                .help(MeterNames.RULE_INFO.help())
                .labelNames(MeterNames.RULE_INFO.labels().toArray(String[]::new))
                .register(registry.getPrometheusRegistry());
    }

    /** One series for each enabled rule, up to the bound on rules, instead of those that were shown before. */
    public synchronized void show(List<BucketRules> all) {
        var now = all.stream()
                .flatMap(rules -> rules.rules().stream()
                        .filter(rule -> rule.enabled())
                        .map(rule -> List.of(
                                rule.id(),
                                rules.source().toString(),
                                rules.destinationOf(rule).toString())))
                .limit(OutcomeMeters.RULES_MAX)
                .toList();
        shown.stream().filter(labels -> !now.contains(labels)).forEach(labels -> info.remove(array(labels)));
        now.stream().filter(labels -> !shown.contains(labels)).forEach(labels -> info.addLabelValues(array(labels)));
        shown.clear();
        shown.addAll(now);
    }

    private static String[] array(List<String> labels) {
        return labels.toArray(String[]::new);
    }
}

package io.tidelock.replicator.job;

import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.RuleFilter;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sweep of one rule over its source bucket.
 *
 * @param rules all rules of the bucket
 * @param rule the one that is swept
 */
public record SweepJob(BucketRules rules, ReplicationRule rule) {
    /** One job each source bucket, rule and destination: a rule that gets another destination begins anew (rule 8). */
    public String name() {
        return "sweep/" + rules.source() + "/" + rule.id() + "/" + rules.destinationOf(rule);
    }

    /** Tells rules apart that may treat a version differently; the same in every process. */
    String configuration() {
        var acl = rules.aclOf(rule);
        return String.join(
                "|",
                filter(rule.filter()),
                rule.destination().toString(),
                rules.keysOf(rule).toString(),
                Boolean.toString(acl.copied()),
                sorted(acl.grantees()),
                Boolean.toString(acl.unmappedKept()),
                rules.history().name(),
                Integer.toString(rule.priority()),
                Boolean.toString(rule.deleteMarkers()),
                Boolean.toString(rule.sseKmsSelected()),
                Boolean.toString(rule.replicaModifications()));
    }

    private static String filter(RuleFilter filter) {
        return switch (filter) {
            case RuleFilter.All(var prefix, var tags) -> "all:" + prefix + sorted(tags);
            case RuleFilter.Everything _, RuleFilter.Prefix _, RuleFilter.Tagged _ -> filter.toString();
        };
    }

    /** Maps that cannot be changed have another order in every process. */
    private static String sorted(Map<String, String> map) {
        return new TreeMap<>(map).toString();
    }

    boolean selects(String key) {
        return rule.filter().admits(key) && rules.keysOf(rule).covers(key);
    }

    /** What is listed; where filter and mapping contradict each other no key is selected anyway. */
    String prefix() {
        var filtered = rule.filter().prefix();
        var mapped = rules.keysOf(rule).from();
        return filtered.startsWith(mapped) ? filtered : mapped;
    }
}

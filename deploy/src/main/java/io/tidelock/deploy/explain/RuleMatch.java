package io.tidelock.deploy.explain;

import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.ReplicationRule;
import java.util.List;

/**
 * Whether a rule speaks of a key.
 *
 * @param matches whether it may, as far as the key tells; tags are judged with the version
 * @param why in words
 */
public record RuleMatch(ReplicationRule rule, boolean matches, String why) {
    /** Every rule of a source bucket, in its document's order. */
    static List<RuleMatch> of(BucketRules rules, String key) {
        return rules.rules().stream().map(rule -> of(rules, rule, key)).toList();
    }

    private static RuleMatch of(BucketRules rules, ReplicationRule rule, String key) {
        var prefix = rule.filter().prefix();
        var keys = rules.keysOf(rule);
        if (!rule.enabled()) {
            return new RuleMatch(rule, false, "it is disabled");
        }
        if (!rule.filter().admits(key)) {
            return new RuleMatch(rule, false, "the key does not begin with its prefix \"" + prefix + "\"");
        }
        if (!keys.covers(key)) {
            return new RuleMatch(
                    rule, false, "the key does not begin with \"" + keys.from() + "\", which keyPrefixes replaces");
        }
        var selected = prefix.isEmpty() ? "it selects every key" : "the key begins with its prefix \"" + prefix + "\"";
        return new RuleMatch(rule, true, rule.filter().needsTags() ? selected + ", and tags decide" : selected);
    }
}

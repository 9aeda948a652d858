package io.tidelock.replicator.rule;

import io.tidelock.domain.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The enabled rules that may send a key to one destination bucket, as far as the key tells. Tags decide which one does.
 *
 * @param replica the key at the destination
 * @param history which versions are kept there
 * @param acl what becomes of ACLs there
 * @param rules in descending priority; never empty
 */
public record Candidates(ObjectKey replica, BucketRules.History history, AclPolicy acl, List<ReplicationRule> rules) {
    public Candidates {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("candidates for " + replica + " must not be empty");
        }
    }

    /** The same from one rule on, where it is still among them. */
    public Candidates from(String ruleId) {
        for (var i = 0; i < rules.size(); i++) {
            if (rules.get(i).id().equals(ruleId)) {
                return new Candidates(replica, history, acl, rules.subList(i, rules.size()));
            }
        }
        return this;
    }

    /** The same as far as they decide about one rule: the ones before it, and it; empty when it is not among them. */
    public Optional<Candidates> upTo(String ruleId) {
        for (var i = 0; i < rules.size(); i++) {
            if (rules.get(i).id().equals(ruleId)) {
                return Optional.of(new Candidates(replica, history, acl, rules.subList(0, i + 1)));
            }
        }
        return Optional.empty();
    }

    /** The rules that some tags make the winner. */
    Stream<ReplicationRule> mayWin() {
        var last = rules.stream().takeWhile(rule -> rule.filter().needsTags()).count();
        return rules.stream().limit(last + 1);
    }

    /** Whether the winner cannot be told before the version's tags are known. */
    public boolean needsTags() {
        return rules.getFirst().filter().needsTags();
    }

    /** The one rule that applies to a version with those tags (rule 6). */
    public Optional<ReplicationRule> winner(Map<String, String> tags) {
        return rules.stream().filter(rule -> rule.filter().acceptsTags(tags)).findFirst();
    }
}

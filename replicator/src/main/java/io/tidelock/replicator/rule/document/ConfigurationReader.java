package io.tidelock.replicator.rule.document;

import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The whole document: limits, and what holds between rules (rules 1, 4, 6). */
final class ConfigurationReader {
    private final Problems problems;
    private final Leniency leniency;

    ConfigurationReader(Problems problems, Leniency leniency) {
        this.problems = problems;
        this.leniency = leniency;
    }

    RuleDocument read(Node root) {
        var document = new Section(root, "", problems, Set.of("Role"), "Rule");
        var role = document.text("Role").orElse(null);
        var nodes = document.all("Rule");
        if ((nodes.isEmpty() && !document.repeatableMisspelt()) || nodes.size() > BucketRules.RULES_MAX) {
            problems.add(
                    root.line(),
                    "Rule",
                    "must stand 1 to " + BucketRules.RULES_MAX + " times, stood " + nodes.size() + " times");
        }
        if (nodes.size() <= BucketRules.RULES_MAX) {
            var rules = rules(nodes);
            problems.aboutDocument();
            if (problems.isEmpty()) {
                return new RuleDocument.Parsed(role, rules);
            }
        }
        return problems.refused();
    }

    private List<ReplicationRule> rules(List<Node> nodes) {
        var reader = new RuleReader(problems, leniency);
        var rules = new ArrayList<ReplicationRule>(nodes.size());
        var lines = new HashMap<String, Integer>();
        for (int i = 0; i < nodes.size(); i++) {
            var id = idOf(nodes.get(i), i + 1);
            problems.about(id, nodes.get(i).line());
            if (lines.putIfAbsent(id, nodes.get(i).line()) != null) {
                problems.add("ID", "is the ID of another rule as well");
            }
            reader.read(nodes.get(i), id).ifPresent(rules::add);
        }
        problems.aboutDocument();
        checkVersions(nodes);
        checkPriorities(rules, lines);
        return rules;
    }

    /** S3 makes an ID up where a rule has none; so does Tidelock, from the rule's place. */
    private static String idOf(Node rule, int place) {
        return rule.children().stream()
                .filter(child -> child.name().equals("ID") && !child.text().isEmpty())
                .map(Node::text)
                .findFirst()
                .orElse("rule-" + place);
    }

    private void checkVersions(List<Node> nodes) {
        var readable = nodes.stream().filter(node -> node.flaw() == null).toList();
        var withFilter = readable.stream().filter(RuleReader::hasFilter).count();
        if (withFilter > 0 && withFilter < readable.size()) {
            problems.add(
                    "Rule",
                    withFilter + " rules have Filter (V2) and " + (readable.size() - withFilter)
                            + " do not (V1): give all of them a Filter (rule 1)");
        }
    }

    private void checkPriorities(List<ReplicationRule> rules, Map<String, Integer> lines) {
        var seen = new HashMap<String, ReplicationRule>();
        for (var rule : rules) {
            if (rule.version() == SchemaVersion.V1) {
                continue;
            }
            var other =
                    seen.putIfAbsent(rule.priority() + " " + rule.destination().bucket(), rule);
            if (other != null) {
                problems.about(rule.id(), lines.getOrDefault(rule.id(), 0));
                problems.add(
                        "Priority",
                        "is " + rule.priority() + " like that of rule " + Problems.quote(other.id())
                                + " for the same destination bucket (rule 6)");
            }
        }
        checkOverlapsOfV1(rules, lines);
    }

    /** V1 has no priorities, so its prefixes must not overlap for one destination. */
    private void checkOverlapsOfV1(List<ReplicationRule> rules, Map<String, Integer> lines) {
        var sorted = rules.stream()
                .filter(rule -> rule.version() == SchemaVersion.V1)
                .sorted((a, b) -> {
                    var byBucket =
                            a.destination().bucket().compareTo(b.destination().bucket());
                    return byBucket != 0
                            ? byBucket
                            : a.filter().prefix().compareTo(b.filter().prefix());
                })
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            var outer = sorted.get(i - 1);
            var inner = sorted.get(i);
            if (outer.destination().bucket().equals(inner.destination().bucket())
                    && inner.filter().prefix().startsWith(outer.filter().prefix())) {
                problems.about(inner.id(), lines.getOrDefault(inner.id(), 0));
                problems.add(
                        "Prefix",
                        "lies within that of rule " + Problems.quote(outer.id())
                                + " for the same destination bucket; without Filter there is no Priority to choose by"
                                + " (rule 6)");
            }
        }
    }
}

package io.tidelock.replicator.rule.document;

import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import io.tidelock.replicator.rule.RuleFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One {@code Rule} element becomes one rule (rules 1 to 5). */
final class RuleReader {
    private static final Set<String> KNOWN = Set.of(
            "ID",
            "Priority",
            "Prefix",
            "Filter",
            "Status",
            "SourceSelectionCriteria",
            "ExistingObjectReplication",
            "Destination",
            "DeleteMarkerReplication");
    private static final int PREFIX_LENGTH_MAX = 1_024;
    private static final int TAG_KEY_LENGTH_MAX = 128;
    private static final int TAG_VALUE_LENGTH_MAX = 256;
    private static final RuleFilter EVERYTHING = new RuleFilter.Everything();

    private final Problems problems;
    private final Leniency leniency;

    RuleReader(Problems problems, Leniency leniency) {
        this.problems = problems;
        this.leniency = leniency;
    }

    /** The rule, or empty when it has problems. */
    Optional<ReplicationRule> read(Node node, String id) {
        int before = problems.count();
        var rule = new Section(node, "", problems, KNOWN, null);
        checkId(rule, id);
        var version = rule.has("Filter") ? SchemaVersion.V2 : SchemaVersion.V1;
        var filter = version == SchemaVersion.V2 ? filter(rule) : prefix(rule, "Prefix");
        var priority = priority(rule, version);
        var enabled = rule.requiredStatus();
        var markers = deleteMarkers(rule, version, filter);
        if (rule.has("ExistingObjectReplication")) {
            rule.refuse(
                    "ExistingObjectReplication",
                    "is no longer supported (rule 8): existing objects are replicated by a resync");
        }
        var selection = rule.group("SourceSelectionCriteria", "SseKmsEncryptedObjects", "ReplicaModifications");
        var sseKms = selection.flatMap(criteria -> criteria.status("SseKmsEncryptedObjects"));
        var modifications = selection.flatMap(criteria -> criteria.status("ReplicaModifications"));
        if (version == SchemaVersion.V1 && modifications.isPresent()) {
            rule.refuse("SourceSelectionCriteria/ReplicaModifications", "needs a rule with Filter (rule 1)");
        }
        var destination = new DestinationReader().read(rule, version, sseKms);
        if (problems.count() > before || destination.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ReplicationRule(
                id,
                version,
                priority,
                enabled,
                filter,
                destination.get(),
                markers,
                sseKms.orElse(false),
                modifications.orElse(false)));
    }

    /** Whether it is a rule of V2, were its elements spelt as they are meant. */
    static boolean hasFilter(Node rule) {
        var names = rule.children().stream().map(Node::name).collect(Collectors.toSet());
        return names.contains("Filter")
                || names.stream()
                        .filter(name -> !KNOWN.contains(name))
                        .anyMatch(name -> Suggestion.nearest(name, KNOWN).equals(Optional.of("Filter")));
    }

    private static void checkId(Section rule, String id) {
        rule.text("ID");
        if (id.length() > ReplicationRule.ID_LENGTH_MAX) {
            rule.refuse("ID", "must have at most " + ReplicationRule.ID_LENGTH_MAX + " characters, had " + id.length());
        }
        if (id.equals("-")) {
            rule.refuse("ID", "\"-\" means no rule in outcomes; choose another");
        }
    }

    private static int priority(Section rule, SchemaVersion version) {
        if (version == SchemaVersion.V1) {
            if (rule.has("Priority")) {
                rule.refuse("Priority", "needs a rule with Filter (rule 1)");
            }
            return 0;
        }
        var text = rule.requiredText("Priority").orElse("0");
        if (!text.matches("[0-9]{1,9}|1[0-9]{9}|20[0-9]{8}")) {
            rule.refuse("Priority", "must be a whole number from 0 to 2099999999, was " + Problems.quote(text));
            return 0;
        }
        return Integer.parseInt(text);
    }

    private boolean deleteMarkers(Section rule, SchemaVersion version, RuleFilter filter) {
        var element = "DeleteMarkerReplication";
        var enabled = rule.status(element);
        if (version == SchemaVersion.V1) {
            if (enabled.isPresent()) {
                rule.refuse(
                        element, "needs a rule with Filter (rule 1): V1 always propagates markers that a user made");
            }
            return true;
        }
        if (!rule.has(element) && !leniency.missingMarkerPolicy()) {
            rule.refuse(
                    element,
                    "is missing: a rule with Filter must say whether delete markers are replicated (rule 2);"
                            + " Tidelock's deleteMarkersUnsaid lifts this, and it means Disabled");
        }
        if (enabled.orElse(false) && filter.needsTags() && !leniency.markersWithTags()) {
            rule.refuse(
                    element,
                    "must be Disabled in a rule that selects by tag (rule 5): a marker has no tags; Tidelock's"
                            + " deleteMarkersWithTags lifts this");
        }
        return enabled.orElse(false);
    }

    private RuleFilter prefix(Section holder, String name) {
        var prefix = holder.text(name).orElse("");
        var length = prefix.codePointCount(0, prefix.length());
        if (length > PREFIX_LENGTH_MAX) {
            holder.refuse(name, "must have at most " + PREFIX_LENGTH_MAX + " characters, had " + length);
        }
        return prefix.isEmpty() ? EVERYTHING : new RuleFilter.Prefix(prefix);
    }

    private RuleFilter filter(Section rule) {
        if (rule.has("Prefix")) {
            rule.refuse("Prefix", "stands beside Filter: move it into Filter (rule 1)");
        }
        var filter = rule.group("Filter", "Prefix", "Tag", "And").orElseThrow();
        var kinds = Stream.of("Prefix", "Tag", "And").filter(filter::has).toList();
        if (kinds.size() > 1) {
            rule.refuse(
                    "Filter",
                    "must hold one of Prefix, Tag and And, held " + String.join(" and ", kinds) + " (rule 3)");
        }
        if (filter.has("And")) {
            return all(rule, filter);
        }
        if (filter.has("Tag")) {
            var tag = tag(filter.group("Tag", "Key", "Value").orElseThrow());
            return new RuleFilter.Tagged(tag.getKey(), tag.getValue());
        }
        return prefix(filter, "Prefix");
    }

    private RuleFilter all(Section rule, Section filter) {
        var and = filter.groupOf("And", "Tag", "Prefix").orElseThrow();
        var tags = new LinkedHashMap<String, String>();
        for (var node : and.all("Tag")) {
            var tag = tag(new Section(node, "Filter/And/Tag", problems, Set.of("Key", "Value"), null));
            if (tags.put(tag.getKey(), tag.getValue()) != null && !tag.getKey().isEmpty()) {
                rule.refuse("Filter/And/Tag", "names the key " + Problems.quote(tag.getKey()) + " twice");
            }
        }
        if (tags.isEmpty() && !and.has("Prefix") && !and.repeatableMisspelt()) {
            filter.refuse("And", "holds neither Prefix nor Tag (rule 3)");
        }
        return new RuleFilter.All(prefix(and, "Prefix").prefix(), tags);
    }

    private static Map.Entry<String, String> tag(Section tag) {
        var key = tag.requiredText("Key");
        var value = tag.requiredText("Value").orElse("");
        key.filter(text -> text.isEmpty() || text.length() > TAG_KEY_LENGTH_MAX)
                .ifPresent(text -> tag.refuse(
                        "Key", "must have 1 to " + TAG_KEY_LENGTH_MAX + " characters, had " + text.length()));
        if (value.length() > TAG_VALUE_LENGTH_MAX) {
            tag.refuse("Value", "must have at most " + TAG_VALUE_LENGTH_MAX + " characters, had " + value.length());
        }
        return Map.entry(key.orElse(""), value);
    }
}

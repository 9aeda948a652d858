package io.tidelock.replicator.rule;

import io.tidelock.domain.Bucket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds enabled rules of different sources that may write the same key of one destination bucket: which source wins
 * would be chance. Two buckets that replicate to each other do not overlap, nor do rules of one source, as priorities
 * choose among them (rule 6).
 */
final class DestinationOverlaps {
    private DestinationOverlaps() {}

    /** One sentence for each overlap; at most one for each pair of sources and destination. */
    static List<String> in(Collection<BucketRules> all) {
        var spaces = new ArrayList<Space>();
        for (var rules : all) {
            for (var rule : rules.rules()) {
                if (rule.enabled()) {
                    spaceOf(rules, rule, spaces);
                }
            }
        }
        var found = new TreeMap<String, String>();
        byDestination(spaces).forEach((destination, claims) -> {
            // Sorted by prefix: whatever overlaps a claim stands between it and the first that it does not begin.
            claims.sort((a, b) -> a.prefix().compareTo(b.prefix()));
            for (int i = 0; i < claims.size(); i++) {
                for (int j = i + 1;
                        j < claims.size()
                                && claims.get(j)
                                        .prefix()
                                        .startsWith(claims.get(i).prefix());
                        j++) {
                    report(destination, claims.get(i), claims.get(j), found);
                }
            }
        });
        return List.copyOf(found.values());
    }

    private static void report(Bucket destination, Space outer, Space inner, Map<String, String> found) {
        if (!outer.source().equals(inner.source())) {
            var inOrder = outer.source().toString().compareTo(inner.source().toString()) < 0;
            var first = inOrder ? outer : inner;
            var second = inOrder ? inner : outer;
            found.putIfAbsent(
                    destination + " " + first.source() + " " + second.source(),
                    "replication of " + first.source() + ", rule \"" + first.ruleId() + "\", and of " + second.source()
                            + ", rule \"" + second.ruleId() + "\", both write keys beginning with \"" + inner.prefix()
                            + "\" in " + destination + ": give one of them another bucket or a key prefix of its own");
        }
    }

    private static Map<Bucket, List<Space>> byDestination(List<Space> spaces) {
        var grouped = new HashMap<Bucket, List<Space>>();
        spaces.forEach(space -> grouped.computeIfAbsent(space.destination(), _ -> new ArrayList<>())
                .add(space));
        return grouped;
    }

    private static void spaceOf(BucketRules rules, ReplicationRule rule, List<Space> spaces) {
        var keys = rules.keysOf(rule);
        var admitted = rule.filter().prefix();
        if (admitted.startsWith(keys.from())) {
            spaces.add(space(
                    rules, rule, keys.to() + admitted.substring(keys.from().length())));
        } else if (keys.from().startsWith(admitted)) {
            spaces.add(space(rules, rule, keys.to()));
        }
    }

    private static Space space(BucketRules rules, ReplicationRule rule, String prefix) {
        return new Space(rules.destinationOf(rule), prefix, rules.source(), rule.id());
    }

    /** The keys that one rule may write. */
    private record Space(Bucket destination, String prefix, Bucket source, String ruleId) {}
}

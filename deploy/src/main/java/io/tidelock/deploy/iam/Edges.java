package io.tidelock.deploy.iam;

import io.tidelock.compliance.iam.Edge;
import io.tidelock.compliance.iam.Edge.Feature;
import io.tidelock.compliance.iam.Side;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.KeyMapping;
import io.tidelock.replicator.rule.ReplicationRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The edges of one source bucket: its enabled rules, those together that lead to one bucket and ask for the same. */
final class Edges {
    private final Side source;
    private final List<String> sourceKeys;
    private final Set<Feature> features;

    /**
     * @param sourceKeys of the source's region; empty when not known
     * @param features of every edge
     */
    Edges(Side source, List<String> sourceKeys, Set<Feature> features) {
        this.source = source;
        this.sourceKeys = sourceKeys;
        this.features = features;
    }

    /** The edges to one destination bucket. */
    List<Edge> to(Side destination, BucketRules rules) {
        var grouped = new LinkedHashMap<Ask, Prefixes>();
        for (var rule : rules.rules()) {
            if (rule.enabled() && rules.destinationOf(rule).name().equals(destination.bucket())) {
                grouped.computeIfAbsent(ask(rule, rules, destination), _ -> new Prefixes())
                        .add(rule.filter().prefix(), rules.keysOf(rule));
            }
        }
        var edges = new ArrayList<Edge>();
        grouped.forEach((ask, prefixes) -> {
            if (!prefixes.source.isEmpty()) {
                edges.add(new Edge(
                        source,
                        destination,
                        prefixes.source,
                        prefixes.replica,
                        ask.features.contains(Feature.KMS) ? sourceKeys : List.of(),
                        ask.key == null ? List.of() : List.of(ask.key),
                        ask.features));
            }
        });
        return edges;
    }

    private Ask ask(ReplicationRule rule, BucketRules rules, Side destination) {
        var asked = new TreeSet<>(features);
        if (rule.deleteMarkers()) {
            asked.add(Feature.DELETE_MARKERS);
        }
        if (rule.destination().ownerOverride()) {
            asked.add(Feature.OWNER_OVERRIDE);
        } else if (rules.aclOf(rule).copied()) {
            asked.add(Feature.ACL_COPY);
        }
        if (rules.history() == BucketRules.History.FULL) {
            asked.add(Feature.FULL_HISTORY);
        }
        if (!rule.sseKmsSelected()) {
            return new Ask(asked, null);
        }
        asked.add(Feature.KMS);
        return new Ask(asked, key(rule.destination().replicaKmsKeyId(), destination));
    }

    private static @Nullable String key(@Nullable String named, Side destination) {
        return named == null || named.startsWith("arn:")
                ? named
                : "arn:" + destination.partition() + ":kms:" + destination.region() + ":" + destination.account()
                        + ":key/" + named;
    }

    private record Ask(Set<Feature> features, @Nullable String key) {}

    /** What keys begin with, here and there. */
    private static final class Prefixes {
        private final List<String> source = new ArrayList<>();
        private final List<String> replica = new ArrayList<>();

        /** A key must begin with the rule's prefix and with what the mapping replaces; where it cannot, nothing is added. */
        void add(String prefix, KeyMapping keys) {
            if (!prefix.startsWith(keys.from()) && !keys.from().startsWith(prefix)) {
                return;
            }
            var longer = prefix.length() > keys.from().length() ? prefix : keys.from();
            source.add(longer);
            replica.add(keys.to() + longer.substring(keys.from().length()));
        }
    }
}

package io.tidelock.compliance.iam;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One source bucket replicated to one destination bucket, with what its rules make necessary.
 *
 * @param prefixes what the keys in scope begin with; {@code [""]} for the whole bucket
 * @param replicaPrefixes the same at the destination, after key mapping
 * @param sourceKeys ARNs of the keys that source versions are encrypted with; empty when unknown, which is answered
 *     with any key of the account and region, used through S3 for this bucket only
 * @param replicaKeys ARNs of the keys that replicas are encrypted with; empty without SSE-KMS
 * @param features what the rules ask for
 */
public record Edge(
        Side source,
        Side destination,
        List<String> prefixes,
        List<String> replicaPrefixes,
        List<String> sourceKeys,
        List<String> replicaKeys,
        Set<Feature> features) {
    public Edge {
        prefixes = sorted(prefixes);
        replicaPrefixes = sorted(replicaPrefixes);
        sourceKeys = sorted(sourceKeys);
        replicaKeys = sorted(replicaKeys);
        features = Set.copyOf(features);
        if (prefixes.isEmpty() || replicaPrefixes.isEmpty()) {
            throw new IllegalArgumentException("an edge needs at least one prefix; [\"\"] is the whole bucket");
        }
        if (!features.contains(Feature.KMS) && !replicaKeys.isEmpty()) {
            throw new IllegalArgumentException(
                    "replica keys were given for " + destination.bucket() + ", but no rule selects SSE-KMS versions");
        }
    }

    private static List<String> sorted(List<String> values) {
        var distinct = new TreeSet<>(values);
        // A prefix that another one already covers adds nothing.
        return distinct.stream()
                .filter(value -> distinct.stream().noneMatch(other -> !other.equals(value) && isPrefix(other, value)))
                .toList();
    }

    private static boolean isPrefix(String shorter, String longer) {
        return !shorter.startsWith("arn:") && longer.startsWith(shorter);
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** What rules may ask for beyond copying data. */
    public enum Feature {
        /** The rules are read from the source bucket. */
        RULES_FROM_BUCKET,
        /** Delete markers are propagated. */
        DELETE_MARKERS,
        /** SSE-KMS versions are replicated. */
        KMS,
        /** The destination account owns the replicas. */
        OWNER_OVERRIDE,
        /** ACLs are carried over. */
        ACL_COPY,
        /** Late versions are written below what stands on top, which is put back above them. */
        FULL_HISTORY,
        /** Retention and legal hold are carried over. */
        OBJECT_LOCK
    }
}

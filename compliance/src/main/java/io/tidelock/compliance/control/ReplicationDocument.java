package io.tidelock.compliance.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Arn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A replication configuration as far as it could be understood: the replicator refuses a broken one, an audit must
 * still say what it can.
 *
 * @param state whether there is one at all; unavailable where it cannot be read
 * @param role the ARN of the role, or null
 * @param defects what makes the configuration ambiguous
 */
public record ReplicationDocument(
        Collected<JsonNode> state, @Nullable String role, List<Rule> rules, List<String> defects) {
    private static final int RULES_MAX = 1000;

    /**
     * One rule.
     *
     * @param id as written, or its position
     * @param prefix the keys' prefix; empty for all
     * @param tagged whether only tagged objects are in scope
     * @param destination name of the destination bucket, or null
     * @param account account that the destination names, or null
     * @param replicaKey the key for replicas, or null
     * @param kmsObjects whether objects under SSE-KMS are replicated
     * @param ownerOverride whether replicas are given to the destination's owner
     */
    public record Rule(
            String id,
            boolean enabled,
            String prefix,
            boolean tagged,
            @Nullable String destination,
            @Nullable String account,
            @Nullable String replicaKey,
            boolean kmsObjects,
            boolean ownerOverride) {
        /** Whether every object is in scope. */
        boolean coversEverything() {
            return prefix.isEmpty() && !tagged;
        }

        String label() {
            return "rule " + id;
        }
    }

    public ReplicationDocument {
        rules = List.copyOf(rules);
        defects = List.copyOf(defects);
    }

    static ReplicationDocument read(Collected<JsonNode> collected) {
        if (!(collected instanceof Collected.Known<JsonNode>(var node))) {
            return new ReplicationDocument(collected, null, List.of(), List.of());
        }
        JsonNode list = node.has("Rules") ? node.get("Rules") : node.path("Rule");
        if (!node.isObject() || !(list.isArray() || list.isObject()) || list.size() > RULES_MAX) {
            return new ReplicationDocument(
                    new Collected.Unavailable<>(
                            "the replication configuration has no list of at most " + RULES_MAX + " rules"),
                    null,
                    List.of(),
                    List.of());
        }
        var rules = new ArrayList<Rule>();
        var defects = new ArrayList<String>();
        if (list.isArray()) {
            for (JsonNode one : list) {
                rule(one, rules.size() + 1, rules, defects);
            }
        } else {
            rule(list, 1, rules, defects);
        }
        return new ReplicationDocument(collected, node.path("Role").asText(null), rules, defects);
    }

    private static void rule(JsonNode node, int position, List<Rule> rules, List<String> defects) {
        String id = node.path("ID").asText("");
        String label = id.isEmpty() ? "number " + position : id;
        String status = node.path("Status").asText("");
        if (!status.equals("Enabled") && !status.equals("Disabled")) {
            defects.add("rule " + label + ": Status is neither Enabled nor Disabled");
        }
        JsonNode destination = node.path("Destination");
        String bucket = bucketName(destination.path("Bucket").asText(""));
        if (bucket == null) {
            defects.add("rule " + label + ": no destination bucket");
        }
        JsonNode filter = node.path("Filter");
        JsonNode and = filter.path("And");
        String prefix = node.path("Prefix").asText("")
                + filter.path("Prefix").asText("")
                + and.path("Prefix").asText("");
        boolean tagged = filter.has("Tag")
                || !and.path("Tags").isEmpty()
                || !and.path("Tag").isEmpty();
        rules.add(new Rule(
                label,
                status.equals("Enabled"),
                prefix,
                tagged,
                bucket,
                blankToNull(destination.path("Account").asText("")),
                blankToNull(destination
                        .path("EncryptionConfiguration")
                        .path("ReplicaKmsKeyID")
                        .asText("")),
                node.path("SourceSelectionCriteria")
                        .path("SseKmsEncryptedObjects")
                        .path("Status")
                        .asText("")
                        .equals("Enabled"),
                destination
                        .path("AccessControlTranslation")
                        .path("Owner")
                        .asText("")
                        .equals("Destination")));
    }

    private static @Nullable String blankToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The name in a bucket's ARN, or the name itself where that is all there is. */
    static @Nullable String bucketName(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return text.startsWith("arn:")
                ? Arn.parse(text)
                        .map(Arn::resource)
                        .map(ReplicationDocument::blankToNull)
                        .orElse(null)
                : text;
    }

    /** The rules that are in force. */
    public Stream<Rule> enabled() {
        return rules.stream().filter(Rule::enabled);
    }

    /** The buckets that enabled rules replicate to, each once. */
    public List<String> destinations() {
        var names = new ArrayList<String>();
        enabled().forEach(rule -> {
            String name = rule.destination();
            if (name != null && !names.contains(name)) {
                names.add(name);
            }
        });
        return names;
    }
}

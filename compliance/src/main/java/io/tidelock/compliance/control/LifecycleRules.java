package io.tidelock.compliance.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The rules of a LifecycleConfiguration. */
record LifecycleRules(List<JsonNode> rules) {
    LifecycleRules {
        rules = List.copyOf(rules);
    }

    static LifecycleRules of(JsonNode node) {
        JsonNode list = node.isArray() ? node : node.has("Rules") ? node.get("Rules") : node.path("Rule");
        var rules = new ArrayList<JsonNode>();
        if (list.isArray()) {
            list.forEach(rules::add);
        } else if (list.isObject()) {
            rules.add(list);
        }
        return new LifecycleRules(rules);
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    List<JsonNode> enabled() {
        return rules.stream()
                .filter(rule -> rule.path("Status").asText("").equals("Enabled"))
                .toList();
    }

    boolean abortsMultipartUploads() {
        return enabled().stream()
                .anyMatch(rule -> rule.path("AbortIncompleteMultipartUpload")
                                .path("DaysAfterInitiation")
                                .asLong(0)
                        > 0);
    }

    /** After how many days the first rule makes a current version a previous one, or removes it. */
    OptionalLong expiresCurrentAfterDays() {
        return enabled().stream()
                .map(rule -> rule.path("Expiration"))
                .filter(JsonNode::isObject)
                .filter(expiration -> expiration.has("Days") || expiration.has("Date"))
                .mapToLong(expiration -> expiration.path("Days").asLong(0))
                .min();
    }

    /** After how many days the first rule removes a previous version for good. */
    OptionalLong expiresPreviousAfterDays() {
        return enabled().stream()
                .map(rule -> rule.path("NoncurrentVersionExpiration"))
                .filter(JsonNode::isObject)
                .mapToLong(expiration -> expiration.path("NoncurrentDays").asLong(0))
                .min();
    }
}

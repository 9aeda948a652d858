package io.tidelock.deploy.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.replicator.rule.document.Problem;

/** Finds where in the file a rule stands that its document's reader complains about. */
final class RulePlaces {
    private RulePlaces() {}

    /** The pointer of the element, or of what of its parents is there. */
    static String find(String pointer, JsonNode configuration, Problem problem) {
        var at = configuration;
        var found = pointer;
        if (configuration.size() == 1 && configuration.has("ReplicationConfiguration")) {
            found = Pointer.child(found, "ReplicationConfiguration");
            at = at.path("ReplicationConfiguration");
        }
        var rules = at.path("Rules");
        for (var i = 0; problem.ruleId() != null && i < rules.size(); i++) {
            if (id(rules.path(i), i + 1).equals(problem.ruleId())) {
                found = Pointer.child(Pointer.child(found, "Rules"), i);
                at = rules.path(i);
                break;
            }
        }
        for (var step : problem.element().split("/", -1)) {
            var element = at.has(step + "s") ? step + "s" : step;
            if (!at.has(element)) {
                break;
            }
            found = Pointer.child(found, element);
            at = at.path(element);
        }
        return found;
    }

    /** As the document's reader tells rules apart. */
    private static String id(JsonNode rule, int place) {
        var id = rule.path("ID").asText("");
        return rule.path("ID").isTextual() && !id.isEmpty() ? id : "rule-" + place;
    }
}

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
            var id = rules.path(i).path("ID").asText("rule-" + (i + 1));
            if (id.equals(problem.ruleId())) {
                found = Pointer.child(Pointer.child(found, "Rules"), i);
                at = rules.path(i);
                break;
            }
        }
        for (var element : problem.element().split("/", -1)) {
            if (!at.has(element)) {
                break;
            }
            found = Pointer.child(found, element);
            at = at.path(element);
        }
        return found;
    }
}

package io.tidelock.deploy.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import io.tidelock.replicator.rule.document.Suggestion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in words what a schema has against a document: where, what, what is allowed instead. */
final class SchemaProblems {
    private final SettingsSchema schema;
    private final YamlDocument document;
    private final Problems problems;

    SchemaProblems(SettingsSchema schema, YamlDocument document, Problems problems) {
        this.schema = schema;
        this.document = document;
        this.problems = problems;
    }

    void collect() {
        schema.validate(document.root()).forEach(this::explain);
        document.written().keySet().forEach(this::refusePlainSecret);
    }

    private void refusePlainSecret(String pointer) {
        if (schema.secret(pointer)
                && document.at(pointer).isTextual()
                && !document.references().contains(pointer)) {
            at(
                    pointer,
                    "is a secret and must not stand in the file",
                    "put it into the environment or a file and write \"${env:NAME}\" or \"${file:/path}\"");
        }
    }

    private void explain(ValidationMessage message) {
        var pointer = message.getInstanceLocation().toString();
        var rule = schema.of(pointer);
        switch (message.getType()) {
            case "required" -> missing(Pointer.child(pointer, message.getProperty()));
            case "additionalProperties" -> unknown(pointer, message.getProperty());
            case "type" -> wrongType(pointer, rule);
            case "enum" -> at(pointer, "is " + shown(pointer), choice(pointer, rule));
            case "pattern" ->
                at(
                        pointer,
                        "is " + shown(pointer),
                        "write " + rule.path("x-allowed").asText("another value"));
            case "propertyNames" ->
                at(
                        pointer,
                        "holds the name \"" + message.getProperty() + "\"",
                        "write "
                                + schema.deref(rule.path("propertyNames"))
                                        .path("x-allowed")
                                        .asText("another name"));
            case "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum" ->
                at(pointer, "is " + shown(pointer), "write a number " + range(rule));
            case "minItems" -> at(pointer, "is an empty list", "write at least one item, or remove the setting");
            case "uniqueItems" -> at(pointer, "names something twice", "write each item once");
            case "minProperties" -> at(pointer, "is empty", "write at least one entry");
            case "minLength" ->
                at(
                        pointer,
                        document.at(pointer).asText().isEmpty() ? "is empty" : "is " + shown(pointer),
                        "write at least " + rule.path("minLength") + " characters");
            default -> at(pointer, "is not allowed (" + message.getType() + ")", description(rule));
        }
    }

    private void missing(String pointer) {
        problems.add(
                document.key(pointer),
                Pointer.setting(pointer),
                "is missing",
                "add it: " + description(schema.of(pointer)));
    }

    private void unknown(String group, String name) {
        var known = schema.names(schema.of(group));
        problems.add(
                document.key(Pointer.child(group, name)),
                Pointer.setting(Pointer.child(group, name)),
                "is not a setting" + Suggestion.question(name, known),
                "known here: " + String.join(", ", known));
    }

    private void wrongType(String pointer, JsonNode rule) {
        var expected = rule.path("type").asText();
        var value = document.at(pointer);
        var actual = kind(value);
        if (value.isNull()) {
            at(pointer, "has no value", "write " + article(expected) + ", or remove the setting");
            return;
        }
        var remedy = switch (expected) {
            case "string" -> value.isValueNode() ? "put the value in quotes" : "write one value";
            case "object" -> "write settings below it, indented, as name: value";
            case "array" -> "write a list: one \"- item\" a line, or [item, item]";
            case "integer", "number" -> "write a plain number without quotes and units";
            case "boolean" -> "write true or false without quotes";
            default -> description(rule);
        };
        var showable = value.isValueNode() && !expected.equals("object") && !expected.equals("array");
        at(
                pointer,
                "must be " + article(expected) + ", is " + actual + (showable ? " (" + shown(pointer) + ")" : ""),
                remedy);
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "a group of settings";
            case BOOLEAN -> "true or false";
            case NUMBER -> "a number";
            case STRING, BINARY -> "text";
            case NULL, MISSING -> "nothing";
        };
    }

    private static String article(String type) {
        return switch (type) {
            case "string" -> "text";
            case "object" -> "a group of settings";
            case "array" -> "a list";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> type;
        };
    }

    private String choice(String pointer, JsonNode rule) {
        var allowed = new ArrayList<String>();
        rule.path("enum").forEach(value -> allowed.add(value.asText()));
        var question =
                hidden(pointer) ? "" : Suggestion.question(document.at(pointer).asText(), allowed);
        return "allowed: " + String.join(", ", allowed) + question;
    }

    private static String range(JsonNode rule) {
        var parts = new ArrayList<String>();
        bound(rule.get("minimum"), "from ", parts);
        bound(rule.get("exclusiveMinimum"), "above ", parts);
        bound(rule.get("maximum"), "to ", parts);
        bound(rule.get("exclusiveMaximum"), "below ", parts);
        return String.join(" ", parts);
    }

    private static void bound(@Nullable JsonNode limit, String word, List<String> parts) {
        if (limit != null) {
            parts.add(word + limit.asText());
        }
    }

    private static String description(JsonNode rule) {
        return rule.path("description").asText("see CONFIGURATION.md");
    }

    private boolean hidden(String pointer) {
        return schema.secret(pointer) || document.references().contains(pointer);
    }

    private String shown(String pointer) {
        return hidden(pointer) ? YamlDocument.HIDDEN : document.shown(pointer);
    }

    private void at(String pointer, String problem, String remedy) {
        problems.add(document.value(pointer), Pointer.setting(pointer), problem, remedy);
    }
}

package io.tidelock.deploy.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The JSON schema of the configuration file. Beside JSON Schema's own keywords it knows {@code x-secret} (the value must
 * be a reference and is never shown) and {@code x-allowed} (a pattern in words).
 */
final class SettingsSchema {
    static final String RESOURCE = "/tidelock.schema.json";

    private final JsonNode root;
    private final JsonSchema compiled;

    private SettingsSchema(JsonNode root) {
        this.root = root;
        var config =
                SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
        var dialect = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                .keyword(new NonValidationKeyword("x-allowed"))
                .keyword(new NonValidationKeyword("x-secret"))
                .build();
        compiled = JsonSchemaFactory.getInstance(
                        SpecVersion.VersionFlag.V202012, factory -> factory.metaSchema(dialect))
                .getSchema(root, config);
    }

    static SettingsSchema load() {
        try (var resource = SettingsSchema.class.getResourceAsStream(RESOURCE)) {
            return new SettingsSchema(new ObjectMapper().readTree(resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return root;
    }

    /** What the schema has against a tree. */
    Set<ValidationMessage> validate(JsonNode tree) {
        return compiled.validate(tree);
    }

    /** The schema of one setting, or a missing node where the schema knows none. */
    JsonNode of(String pointer) {
        if (pointer.isEmpty()) {
            return root;
        }
        return child(of(Pointer.parent(pointer)), Pointer.last(pointer));
    }

    /** The names of the settings that a group knows; empty when any name goes. */
    List<String> names(JsonNode group) {
        return List.copyOf(deref(group)
                .path("properties")
                .propertyStream()
                .map(java.util.Map.Entry::getKey)
                .toList());
    }

    boolean secret(String pointer) {
        return of(pointer).path("x-secret").asBoolean(false);
    }

    /** The tree with the default of everything that it does not say. */
    ObjectNode withDefaults(ObjectNode tree) {
        var filled = tree.deepCopy();
        fill(filled, root);
        return filled;
    }

    private void fill(JsonNode tree, JsonNode schema) {
        switch (tree) {
            case ObjectNode group -> {
                deref(schema).path("properties").properties().forEach(property -> {
                    var defaultValue = deref(property.getValue()).get("default");
                    if (defaultValue != null && !group.has(property.getKey())) {
                        group.set(property.getKey(), defaultValue.deepCopy());
                    }
                });
                group.properties().forEach(member -> fill(member.getValue(), child(schema, member.getKey())));
            }
            case ArrayNode list -> list.forEach(item -> fill(item, deref(schema).path("items")));
            default -> {
                // scalars have nothing to fill
            }
        }
    }

    private JsonNode child(JsonNode schema, String name) {
        var group = deref(schema);
        if (group.path("properties").has(name)) {
            return deref(group.path("properties").path(name));
        }
        for (var pattern : group.path("patternProperties").properties()) {
            if (Pattern.compile(pattern.getKey()).matcher(name).find()) {
                return deref(pattern.getValue());
            }
        }
        if (group.has("items")) {
            return deref(group.path("items"));
        }
        var others = group.path("additionalProperties");
        return others.isObject() ? deref(others) : MissingNode.getInstance();
    }

    /** A schema with its {@code $ref} replaced; keywords beside the reference win. */
    JsonNode deref(JsonNode schema) {
        if (!schema.has("$ref")) {
            return schema;
        }
        var target = root.at(schema.path("$ref").asText().substring(1));
        if (!target.isObject()) {
            throw new IllegalStateException(RESOURCE + " refers to " + schema.path("$ref") + ", which is not there");
        }
        var merged = ((ObjectNode) deref(target)).deepCopy();
        schema.properties().forEach(keyword -> {
            if (!keyword.getKey().equals("$ref")) {
                merged.set(keyword.getKey(), keyword.getValue());
            }
        });
        return merged;
    }
}

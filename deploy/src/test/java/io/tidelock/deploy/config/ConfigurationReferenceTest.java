package io.tidelock.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
    private static final Path REFERENCE = Path.of("CONFIGURATION.md");

    private final SettingsSchema schema = SettingsSchema.load();

    @Test
    void the_reference_table_is_what_the_schema_says() throws IOException {
        // Given
        var generated = reference();
        if (System.getenv("TIDELOCK_WRITE_REFERENCES") != null) {
            Files.writeString(REFERENCE, generated);
        }

        // When
        var written = Files.readString(REFERENCE);

        // Then
        assertThat(written)
                .as("deploy/CONFIGURATION.md is stale: TIDELOCK_WRITE_REFERENCES=1 mvn -pl deploy -am test"
                        + " -Dtest=ConfigurationReferenceTest -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(generated);
    }

    @Test
    void every_setting_says_what_it_is_for_and_every_pattern_what_it_allows() {
        assertThat(rows("", schema.root(), new ArrayList<>())).allSatisfy(row -> {
            assertThat(row.schema().path("description").asText())
                    .as(row.setting())
                    .endsWith(".");
            if (row.schema().has("pattern")) {
                assertThat(row.schema().path("x-allowed").asText())
                        .as(row.setting())
                        .isNotEmpty();
            }
        });
    }

    private String reference() {
        return """
                # Configuration

                Generated from `src/main/resources/tidelock.schema.json`; a test fails when this page is stale. A name in angle brackets is
                yours to choose. In any text, `${env:NAME}` stands for an environment variable and `${file:/path}` for what a file holds
                (relative paths begin at the configuration file); settings marked *secret* must be such a reference. Inside `{...}` and
                `[...]` a reference needs quotes. Durations are a number and a unit: `500ms`, `30s`, `15m`, `2h`, `7d`.

                | setting | type | default | meaning |
                |---|---|---|---|
                """
                + rows("", schema.root(), new ArrayList<>()).stream()
                        .map(row -> "| `%s` | %s | %s | %s |"
                                .formatted(
                                        row.setting(),
                                        type(row.schema()),
                                        row.required() ? "*required*" : defaultOf(row.schema()),
                                        row.schema()
                                                .path("description")
                                                .asText()
                                                .replace("|", "\\|")))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private List<Row> rows(String setting, JsonNode group, List<Row> rows) {
        group.path("properties").properties().forEach(property -> {
            var name = setting.isEmpty() ? property.getKey() : setting + "." + property.getKey();
            var required = group.path("required")
                    .valueStream()
                    .anyMatch(needed -> needed.asText().equals(property.getKey()));
            add(name, schema.deref(property.getValue()), required, rows);
        });
        return rows;
    }

    private void add(String name, JsonNode rule, boolean required, List<Row> rows) {
        rows.add(new Row(name, rule, required));
        if (name.endsWith("credentials.source")) {
            return; // the same again, one level down
        }
        rows(name, rule, rows);
        if (rule.path("additionalProperties").isObject()) {
            var entry = schema.deref(rule.path("additionalProperties"));
            if (entry.has("properties")) {
                rows(name + ".<name>", entry, rows);
            }
        }
        if (rule.has("items")) {
            rows(name + "[]", schema.deref(rule.path("items")), rows);
        }
    }

    private String type(JsonNode rule) {
        if (rule.path("x-secret").asBoolean()) {
            return "text, *secret*";
        } else if (rule.has("enum")) {
            return choices(rule);
        }
        return switch (rule.path("type").asText()) {
            case "string" -> "text";
            case "integer" -> "whole number" + range(rule);
            case "boolean" -> "true or false";
            case "array" -> {
                var items = schema.deref(rule.path("items"));
                yield items.has("properties")
                        ? "list of groups"
                        : "list of " + (items.has("enum") ? choices(items) : "texts");
            }
            case "object" -> rule.has("properties") ? "group" : "names and values";
            default -> throw new IllegalStateException("no word for " + rule.path("type"));
        };
    }

    private static String choices(JsonNode rule) {
        return rule.path("enum")
                .valueStream()
                .map(value -> "`" + value.asText() + "`")
                .collect(Collectors.joining(", "));
    }

    private static String range(JsonNode rule) {
        return (rule.has("minimum") ? " from " + rule.path("minimum") : "")
                + (rule.has("maximum") ? " to " + rule.path("maximum") : "");
    }

    private static String defaultOf(JsonNode rule) {
        var value = rule.path("default");
        return value.isMissingNode() || value.isObject()
                ? ""
                : "`" + (value.isTextual() ? value.asText() : value) + "`";
    }

    private record Row(String setting, JsonNode schema, boolean required) {}
}

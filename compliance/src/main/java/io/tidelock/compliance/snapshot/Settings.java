package io.tidelock.compliance.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an installation demands beyond the provider's texts, such as {@code maxSignatureAgeMs}.
 *
 * @param tree the snapshot's {@code settings}, an object
 */
public record Settings(JsonNode tree) {
    /** No demands: every control uses its default. */
    public static final Settings NONE = new Settings(JsonNodeFactory.instance.objectNode());

    /** A whole number, where the setting is one. */
    public OptionalLong number(String name) {
        var node = tree.get(name);
        return node != null && node.isIntegralNumber() && node.canConvertToLong()
                ? OptionalLong.of(node.longValue())
                : OptionalLong.empty();
    }

    /** A text, where the setting is one. */
    public Optional<String> text(String name) {
        var node = tree.get(name);
        return node != null && node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    /** Whether the setting is {@code true}. */
    public boolean demanded(String name) {
        var node = tree.get(name);
        return node != null && node.isBoolean() && node.booleanValue();
    }

    /** The texts of a list; empty where the setting is no list. */
    public List<String> texts(String name) {
        var texts = new ArrayList<String>();
        var node = tree.get(name);
        if (node != null && node.isArray()) {
            node.forEach(one -> {
                if (one.isTextual()) {
                    texts.add(one.textValue());
                }
            });
        }
        return List.copyOf(texts);
    }
}

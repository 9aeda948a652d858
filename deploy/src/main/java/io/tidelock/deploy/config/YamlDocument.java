package io.tidelock.deploy.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A YAML file as a tree, with the place of everything in it.
 *
 * @param root the tree, references replaced by what they refer to
 * @param keys JSON pointer to where the member's key or the list's item begins
 * @param values JSON pointer to where the value begins
 * @param written JSON pointer to a scalar as it stands in the file
 * @param references JSON pointers of scalars that hold a reference; their values are never shown
 */
record YamlDocument(
        ObjectNode root,
        Map<String, Place> keys,
        Map<String, Place> values,
        Map<String, String> written,
        Set<String> references) {
    /** What is shown of a value that must not be. */
    static final String HIDDEN = "a value that is not shown";

    private static final int SHOWN_CHARACTERS_MAX = 80;

    YamlDocument {
        keys = Map.copyOf(keys);
        values = Map.copyOf(values);
        written = Map.copyOf(written);
        references = Set.copyOf(references);
    }

    JsonNode at(String pointer) {
        return root.at(pointer);
    }

    /** Where the setting begins: its own key, or that of the nearest parent that stands in the file. */
    @Nullable
    Place key(String pointer) {
        return nearest(keys, pointer);
    }

    /** Where the setting's value begins. */
    @Nullable
    Place value(String pointer) {
        return nearest(values, pointer);
    }

    /** A scalar as it stands in the file, in quotes; shortened, and without what a reference brought. */
    String shown(String pointer) {
        if (references.contains(pointer)) {
            return HIDDEN;
        }
        var text = written.getOrDefault(pointer, at(pointer).asText()).replaceAll("//[^/@]*@", "//...@");
        var end = Math.min(text.length(), SHOWN_CHARACTERS_MAX);
        return '"' + text.substring(0, end) + (end < text.length() ? "..." : "") + '"';
    }

    private static @Nullable Place nearest(Map<String, Place> places, String pointer) {
        var at = pointer;
        while (!places.containsKey(at) && !at.isEmpty()) {
            at = Pointer.parent(at);
        }
        return places.get(at);
    }
}

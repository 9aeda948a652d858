package io.tidelock.compliance.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;

/**
 * A document as far as it is known. "Not configured" is knowledge; the last two are not, and no verdict may take them
 * for it.
 *
 * @param <T> what the document holds
 */
public sealed interface Collected<T> {
    /** The document was read. */
    record Known<T>(T value) implements Collected<T> {}

    /** The store said that there is none (written {@code null}). */
    record NotConfigured<T>() implements Collected<T> {}

    /** Nobody asked (the key is absent). */
    record NotCollected<T>() implements Collected<T> {}

    /**
     * It could not be read (written <code>{"$unavailable": reason}</code>) or not understood.
     *
     * @param reason why, such as {@code AccessDenied}
     */
    record Unavailable<T>(String reason) implements Collected<T> {}

    /** The value where it is known. */
    default Optional<T> known() {
        return this instanceof Known<T>(var value) ? Optional.of(value) : Optional.empty();
    }

    /** Whether the document's content, or that there is none, is certain. */
    default boolean certain() {
        return this instanceof Known || this instanceof NotConfigured;
    }

    /** Applies a reader that may itself find the document unreadable; all else stays as it is. */
    default <R> Collected<R> then(Function<T, Collected<R>> reader) {
        return switch (this) {
            case Known<T>(var value) -> reader.apply(value);
            case NotConfigured<T> _ -> new NotConfigured<>();
            case NotCollected<T> _ -> new NotCollected<>();
            case Unavailable<T>(var reason) -> new Unavailable<>(reason);
        };
    }

    /** Why nothing certain can be said; a whole sentence about {@code document}. */
    default String uncertainty(String document) {
        return switch (this) {
            case Known<T> _ -> document + " is known";
            case NotConfigured<T> _ -> document + " is not configured";
            case NotCollected<T> _ -> document + " was not collected";
            case Unavailable<T>(var reason) -> document + " could not be read: " + reason;
        };
    }

    /** The member {@code key} of {@code parent} in the notation of a snapshot. */
    static Collected<JsonNode> member(JsonNode parent, String key) {
        JsonNode node = parent.get(key);
        if (node == null) {
            return new NotCollected<>();
        }
        if (node.isNull()) {
            return new NotConfigured<>();
        }
        if (node.isObject() && node.has("$unavailable")) {
            return new Unavailable<>(node.get("$unavailable").asText("unknown"));
        }
        return new Known<>(node);
    }
}

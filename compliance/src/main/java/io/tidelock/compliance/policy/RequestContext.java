package io.tidelock.compliance.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is known of a request: a key has known values, or is known to be absent, or nothing is known of it. Keys are
 * compared without regard to case. Immutable.
 */
public final class RequestContext {
    /** Nothing is known. */
    public static final RequestContext UNKNOWN = new RequestContext(Map.of());

    /** What is known of one key. */
    public sealed interface Value {
        /**
         * The key is there.
         *
         * @param values at least one
         */
        record Present(List<String> values) implements Value {
            public Present {
                values = List.copyOf(values);
                if (values.isEmpty()) {
                    throw new IllegalArgumentException("a present key must have a value");
                }
            }
        }

        /** The request has no such key. */
        record Absent() implements Value {}

        /** The request may have the key with any value, or not have it. */
        record Unclear() implements Value {}
    }

    private static final Value ABSENT = new Value.Absent();
    private static final Value UNCLEAR = new Value.Unclear();

    private final Map<String, Value> values;

    private RequestContext(Map<String, Value> values) {
        this.values = Map.copyOf(values);
    }

    /** This context with a key that has these values. */
    public RequestContext with(String key, String... known) {
        return plus(key, new Value.Present(List.of(known)));
    }

    /** This context with a key that is known to be absent. */
    public RequestContext without(String key) {
        return plus(key, ABSENT);
    }

    private RequestContext plus(String key, Value value) {
        var more = new HashMap<>(values);
        more.put(key.toLowerCase(Locale.ROOT), value);
        return new RequestContext(more);
    }

    /** What is known of {@code key}. */
    public Value get(String key) {
        return values.getOrDefault(key.toLowerCase(Locale.ROOT), UNCLEAR);
    }

    /** Whether anything is known of {@code key}. */
    public boolean knows(String key) {
        return !(get(key) instanceof Value.Unclear);
    }
}

package io.tidelock.sandbox.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a request's query; one without a value has an empty one. */
final class Query {
    private final Map<String, String> parameters;

    private Query(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    static Query parse(String raw) {
        var parameters = new LinkedHashMap<String, String>();
        if (!raw.isEmpty()) {
            for (var pair : raw.split("&")) {
                var equals = pair.indexOf('=');
                var name = equals < 0 ? pair : pair.substring(0, equals);
                if (!name.isEmpty()) {
                    parameters.putIfAbsent(
                            Percent.decode(name, true),
                            equals < 0 ? "" : Percent.decode(pair.substring(equals + 1), true));
                }
            }
        }
        return new Query(parameters);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    boolean has(String name) {
        return parameters.containsKey(name);
    }

    Set<String> names() {
        return parameters.keySet();
    }
}

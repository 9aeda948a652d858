package io.tidelock.sandbox.http;

import io.tidelock.sandbox.auth.Headers;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The header fields of a request that Vert.x received. Belongs to one event loop. */
final class RequestHeaders implements Headers {
    private final MultiMap fields;
    private Set<String> names = Set.of();

    RequestHeaders(MultiMap fields) {
        this.fields = fields;
    }

    @Override
    public Optional<String> first(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    @Override
    public List<String> all(String name) {
        return fields.getAll(name);
    }

    @Override
    public Set<String> names() {
        if (names.isEmpty()) {
            names = new TreeSet<>();
            for (var field : fields) {
                names.add(field.getKey().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}

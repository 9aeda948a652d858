package io.tidelock.sandbox.http;

import io.tidelock.sandbox.auth.Headers;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The header fields of a request that Vert.x received. */
final class RequestHeaders implements Headers {
    private final MultiMap fields;

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
        var names = new TreeSet<String>();
        for (var name : fields.names()) {
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return names;
    }
}

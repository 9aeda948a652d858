package io.tidelock.replicator.execute;

import io.tidelock.replicator.plan.Assignment;
import io.tidelock.replicator.store.ObjectStore;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All configured stores by name. Immutable. */
public final class Endpoints implements AutoCloseable {
    private final Map<String, Endpoint> byName;

    public Endpoints(Collection<Endpoint> all) {
        byName = all.stream().collect(Collectors.toUnmodifiableMap(Endpoint::name, Function.identity()));
    }

    /** The store of that name, which the configuration must have. */
    public Endpoint of(String store) {
        var endpoint = byName.get(store);
        if (endpoint == null) {
            throw new IllegalArgumentException("stores has no store \"" + store + "\"; it has " + byName.keySet());
        }
        return endpoint;
    }

    /** The stores themselves, by name. */
    public Map<String, ObjectStore> stores() {
        return byName.values().stream().collect(Collectors.toUnmodifiableMap(Endpoint::name, Endpoint::store));
    }

    /** The two stores that an assignment concerns. */
    public Route route(Assignment assignment) {
        return new Route(
                assignment,
                of(assignment.event().object().bucket().store()),
                of(assignment.replica().bucket().store()));
    }

    @Override
    public void close() {
        byName.values().forEach(endpoint -> endpoint.store().close());
    }
}

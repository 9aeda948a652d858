package io.tidelock.replicator.execute;

import io.tidelock.domain.Bucket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shares the connections of each store among the destinations whose work needs that store, so that those that never answer
 * cannot keep all connections to a store that others need too (promise P5). Thread-safe; it remembers the destinations that
 * work was ever for, which are those that rules name.
 */
final class ConnectionShares {
    private final int partsInFlightMax;
    private final Map<String, Set<Bucket>> destinations = new ConcurrentHashMap<>();

    /** @param partsInFlightMax how many parts of large versions move at once, each with a connection of its own to either store */
    ConnectionShares(int partsInFlightMax) {
        this.partsInFlightMax = partsInFlightMax;
    }

    /** As many as the budget of bytes lets move at once. */
    static ConnectionShares beside(TransferSettings transfer) {
        return new ConnectionShares(
                (int) Math.min(Integer.MAX_VALUE, transfer.bytesInFlightMax() / transfer.partSizeBytes()));
    }

    /** How many operations of a route's destination may run at once, from 1. */
    int operationsMax(Route route) {
        var destination = route.assignment().replica().bucket();
        return Math.min(share(route.source(), destination), share(route.destination(), destination));
    }

    private int share(Endpoint endpoint, Bucket destination) {
        var sharing = destinations.computeIfAbsent(endpoint.name(), _ -> ConcurrentHashMap.newKeySet());
        sharing.add(destination);
        var connections = endpoint.store().connectionsMax();
        var besideParts = Math.max(connections - partsInFlightMax, connections / 2);
        return Math.max(1, besideParts / sharing.size());
    }
}

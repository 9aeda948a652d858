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
        var each = route.isWithinOneStore() && !route.isCopiedByStore() ? 2 : 1; // one reads, one writes
        return Math.min(share(route.source(), destination, each), share(route.destination(), destination, each));
    }

    /** @param each how many connections of the store an operation, or a part, needs at once */
    private int share(Endpoint endpoint, Bucket destination, int each) {
        var sharing = destinations.computeIfAbsent(endpoint.name(), _ -> ConcurrentHashMap.newKeySet());
        sharing.add(destination);
        var connections = endpoint.store().connectionsMax();
        var besideParts = Math.max(connections - (long) each * partsInFlightMax, connections / 2);
        return (int) Math.max(1, besideParts / each / sharing.size());
    }
}

package io.tidelock.scenarios.watch;

import java.time.Duration;

/**
 * How a replication stands.
 *
 * @param written new versions and markers at the source
 * @param writtenBytes their bytes
 * @param arrived how many of them have a counterpart at the destination
 * @param arrivedBytes their bytes
 * @param unexpected entries at the destination that no entry of the source waited for
 * @param pending how many have no counterpart yet
 * @param oldestPending how long the oldest of them waits, zero for none
 * @param sinceChange how long ago anything last happened on either side
 * @param lagMedian half of those that arrived took no longer, zero when none did
 * @param lag99 99 of a hundred took no longer
 * @param lagMax none took longer
 */
public record WatchSnapshot(
        long written,
        long writtenBytes,
        long arrived,
        long arrivedBytes,
        long unexpected,
        long pending,
        Duration oldestPending,
        Duration sinceChange,
        Duration lagMedian,
        Duration lag99,
        Duration lagMax) {}

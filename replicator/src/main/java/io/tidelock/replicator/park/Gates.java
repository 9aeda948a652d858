package io.tidelock.replicator.park;

/**
 * What stands before a destination: its breaker lets tries through or not, its limit lets so many run at once. Thread-safe.
 */
public record Gates(Breakers breakers, ConcurrencyLimits limits) {}

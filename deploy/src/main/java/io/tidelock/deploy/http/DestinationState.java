package io.tidelock.deploy.http;

/**
 * Whether a destination takes work; no matter of readiness, as no restart would help it.
 *
 * @param destination the bucket, such as {@code frankfurt/replicas}
 * @param breaker what its breaker lets through: {@code closed} everything, {@code half-open} a few probes, {@code open}
 *     nothing
 * @param parked how many operations wait for it, of the partitions that this instance owns
 */
public record DestinationState(String destination, String breaker, long parked) {}

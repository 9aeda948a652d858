package io.tidelock.replicator.execute;

import io.tidelock.replicator.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * One configured store.
 *
 * @param name its name in the configuration
 * @param account the id of the account whose credentials it uses, or null when the configuration does not say
 */
public record Endpoint(
        String name, ObjectStore store, @Nullable String account) {}

package io.tidelock.replicator.outcome;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.ObjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The unit of all accounting: one event under one matching rule.
 *
 * @param event what the source reported
 * @param replica the key to be written at the destination, or null when no rule matched
 * @param acceptedAt when the replicator took it up
 */
public record Operation(
        OperationId id, BucketEvent event, @Nullable ObjectKey replica, Instant acceptedAt) {}

/** Outcomes as records of {@code tidelock.outcomes}. */
@NullMarked
package io.tidelock.replicator.outcome.kafka;

import org.jspecify.annotations.NullMarked;

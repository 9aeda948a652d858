/** How every operation ends: replicated, propagated, synced, skipped or failed, and who is told. */
@NullMarked
package io.tidelock.replicator.outcome;

import org.jspecify.annotations.NullMarked;

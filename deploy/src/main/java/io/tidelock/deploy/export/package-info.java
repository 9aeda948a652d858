/** Exports buckets as snapshots that {@code tidelock assess} reads. */
@NullMarked
package io.tidelock.deploy.export;

import org.jspecify.annotations.NullMarked;

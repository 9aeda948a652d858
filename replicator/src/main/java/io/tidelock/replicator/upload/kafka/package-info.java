/** The uploads under way as a compacted topic. */
@NullMarked
package io.tidelock.replicator.upload.kafka;

import org.jspecify.annotations.NullMarked;

/** Where records go next: the contract between the Kafka loop and whoever handles what it read. */
@NullMarked
package io.tidelock.ingest.handoff;

import org.jspecify.annotations.NullMarked;

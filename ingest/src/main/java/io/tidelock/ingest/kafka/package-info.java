/** Kafka: the one loop that reads, hands over, records results and commits; topics; how far behind a group is. */
@NullMarked
package io.tidelock.ingest.kafka;

import org.jspecify.annotations.NullMarked;

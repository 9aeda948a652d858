/** Meters of what compliance does not see: ingest, Kafka's backlog, the process itself. */
@NullMarked
package io.tidelock.deploy.meter;

import org.jspecify.annotations.NullMarked;

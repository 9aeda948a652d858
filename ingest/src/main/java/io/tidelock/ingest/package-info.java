/** Reads the notifications of buckets and turns them into the one stream of events that the engine reads. */
@NullMarked
package io.tidelock.ingest;

import org.jspecify.annotations.NullMarked;

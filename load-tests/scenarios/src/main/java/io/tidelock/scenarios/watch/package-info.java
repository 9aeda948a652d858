/** What two buckets show of a replication between them, without asking the one who replicates. */
@org.jspecify.annotations.NullMarked
package io.tidelock.scenarios.watch;

/** Replication rules: which versions go where, and how. Pure: facts in, answers out. */
@NullMarked
package io.tidelock.replicator.rule;

import org.jspecify.annotations.NullMarked;

/** The port to object stores: what Tidelock asks of one, and how a store says no. */
@NullMarked
package io.tidelock.replicator.store;

import org.jspecify.annotations.NullMarked;

/** The origin mark: how a replica says, unforgeably, which source version it is. Pure. */
@NullMarked
package io.tidelock.replicator.mark;

import org.jspecify.annotations.NullMarked;

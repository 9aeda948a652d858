/** Which work has to wait behind work that was set aside, and whether a bucket takes any now. */
@NullMarked
package io.tidelock.replicator.park;

import org.jspecify.annotations.NullMarked;

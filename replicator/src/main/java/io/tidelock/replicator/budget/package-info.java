/** How many requests and bytes a second stores and rules may cost. */
@NullMarked
package io.tidelock.replicator.budget;

import org.jspecify.annotations.NullMarked;

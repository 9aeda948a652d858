/** How far replicas are behind their sources. Pure: operations in, snapshots out; the clock is passed in. */
@NullMarked
package io.tidelock.compliance.lag;

import org.jspecify.annotations.NullMarked;

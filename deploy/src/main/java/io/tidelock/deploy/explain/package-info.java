/** Says what would be done about an object or an event, and why: what both sides hold, which rules match, what follows. */
@NullMarked
package io.tidelock.deploy.explain;

import org.jspecify.annotations.NullMarked;

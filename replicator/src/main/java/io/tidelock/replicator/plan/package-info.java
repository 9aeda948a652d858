/** What to do about an event under a rule, decided from what both sides hold. Pure. */
@NullMarked
package io.tidelock.replicator.plan;

import org.jspecify.annotations.NullMarked;

/** Jobs that a person asks for: what they make and how far they have come. */
@NullMarked
package io.tidelock.replicator.job;

import org.jspecify.annotations.NullMarked;

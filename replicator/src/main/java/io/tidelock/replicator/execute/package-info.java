/** Carrying plans out: reading both sides, copying, checking, trying again. Blocking code for virtual threads. */
@NullMarked
package io.tidelock.replicator.execute;

import org.jspecify.annotations.NullMarked;

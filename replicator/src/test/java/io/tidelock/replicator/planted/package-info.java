/** Faults that were thought of and planted, each with the tests that are there to catch it. */
@NullMarked
package io.tidelock.replicator.planted;

import org.jspecify.annotations.NullMarked;

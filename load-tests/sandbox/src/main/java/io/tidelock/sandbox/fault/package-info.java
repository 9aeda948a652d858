/** Faults on demand: what goes wrong with which requests. Pure: who serves requests asks and does what is said. */
@NullMarked
package io.tidelock.sandbox.fault;

import org.jspecify.annotations.NullMarked;

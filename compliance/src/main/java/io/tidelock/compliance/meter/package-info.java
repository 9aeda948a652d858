/** Outcomes and lag as meters. */
@NullMarked
package io.tidelock.compliance.meter;

import org.jspecify.annotations.NullMarked;

/** What a sweep finds that no event told. */
@NullMarked
package io.tidelock.scenarios.sweep;

import org.jspecify.annotations.NullMarked;

/** Cuts what failed down to what is needed for it to fail. */
@NullMarked
package io.tidelock.sandbox.shrink;

import org.jspecify.annotations.NullMarked;

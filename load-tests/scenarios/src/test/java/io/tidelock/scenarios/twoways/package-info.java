/** Two buckets that replicate to each other. */
@NullMarked
package io.tidelock.scenarios.twoways;

import org.jspecify.annotations.NullMarked;

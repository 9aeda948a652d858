/** What a store that wants less gets. */
@NullMarked
package io.tidelock.scenarios.throttling;

import org.jspecify.annotations.NullMarked;

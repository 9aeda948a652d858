/** How logs look and how much is logged. */
@NullMarked
package io.tidelock.deploy.log;

import org.jspecify.annotations.NullMarked;

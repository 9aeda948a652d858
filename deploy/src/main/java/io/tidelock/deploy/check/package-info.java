/** Looks at everything that a configuration names, and says what is missing before anything starts. */
@NullMarked
package io.tidelock.deploy.check;

import org.jspecify.annotations.NullMarked;

/** How texts are put before people. */
@NullMarked
package io.tidelock.deploy.text;

import org.jspecify.annotations.NullMarked;

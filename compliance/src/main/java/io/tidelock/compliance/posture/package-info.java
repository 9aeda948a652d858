/** How buckets, accounts and roles are now: the port that reads their documents. */
@NullMarked
package io.tidelock.compliance.posture;

import org.jspecify.annotations.NullMarked;

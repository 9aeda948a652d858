/** Who asks, and what they may do: the seams between the S3 server and signatures, sessions and policies. */
@NullMarked
package io.tidelock.sandbox.auth;

import org.jspecify.annotations.NullMarked;

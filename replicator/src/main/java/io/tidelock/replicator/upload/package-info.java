/** Multipart uploads that may be carried on after a restart, and those that nobody will carry on. */
@NullMarked
package io.tidelock.replicator.upload;

import org.jspecify.annotations.NullMarked;

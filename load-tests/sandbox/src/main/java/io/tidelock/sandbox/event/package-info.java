/** Bucket notifications: each change as the message that S3 sends about it, delivered as well or as badly as asked. */
@org.jspecify.annotations.NullMarked
package io.tidelock.sandbox.event;

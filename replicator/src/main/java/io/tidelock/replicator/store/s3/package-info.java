/** The adapter to S3 and its kin through the AWS SDK; nothing of the SDK leaves this room. */
@NullMarked
package io.tidelock.replicator.store.s3;

import org.jspecify.annotations.NullMarked;

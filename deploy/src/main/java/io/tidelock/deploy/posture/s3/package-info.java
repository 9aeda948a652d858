/** The documents of stores that speak S3, S3 Control and IAM. */
@NullMarked
package io.tidelock.deploy.posture.s3;

import org.jspecify.annotations.NullMarked;

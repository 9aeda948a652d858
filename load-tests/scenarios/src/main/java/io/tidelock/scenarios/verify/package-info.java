/** An independent look at both sides: reads source and destination through the AWS SDK alone and says where they differ. */
@org.jspecify.annotations.NullMarked
package io.tidelock.scenarios.verify;

/** From a configuration to the least privilege that it needs: who is who, which edges there are, what to attach where. */
@NullMarked
package io.tidelock.deploy.iam;

import org.jspecify.annotations.NullMarked;

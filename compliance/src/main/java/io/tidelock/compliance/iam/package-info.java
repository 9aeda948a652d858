/** Least privilege: what replication needs, as trust, permission, bucket and key policies. Pure; writes nothing anywhere. */
@NullMarked
package io.tidelock.compliance.iam;

import org.jspecify.annotations.NullMarked;

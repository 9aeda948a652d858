/** Who may do what to a bucket: policy, ACL, ownership and public access blocks together. */
@NullMarked
package io.tidelock.compliance.access;

import org.jspecify.annotations.NullMarked;

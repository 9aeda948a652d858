/** What a caller may do: the policies of buckets, roles and sessions, and the ACLs of versions. Pure. */
@NullMarked
package io.tidelock.sandbox.policy;

import org.jspecify.annotations.NullMarked;

/** What a caller may do: bucket and identity policies, ACLs of versions, and which actions a request needs. Pure. */
@NullMarked
package io.tidelock.sandbox.policy;

import org.jspecify.annotations.NullMarked;

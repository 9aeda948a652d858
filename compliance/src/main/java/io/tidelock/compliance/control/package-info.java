/** Controls: one question each about a bucket, an account or a replication, answered from evidence alone. */
@NullMarked
package io.tidelock.compliance.control;

import org.jspecify.annotations.NullMarked;

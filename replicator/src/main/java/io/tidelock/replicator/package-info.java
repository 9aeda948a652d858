/** The replicator: bucket events in, replicas and outcomes out. Start reading at {@code ReplicationPipeline}. */
@NullMarked
package io.tidelock.replicator;

import org.jspecify.annotations.NullMarked;

package io.tidelock.replicator.plan;

import io.tidelock.domain.ObjectHead;

/** What the source says when asked for one version. */
public sealed interface SourceAnswer {
    /** There is data. */
    record Found(ObjectHead head) implements SourceAnswer {}

    /** A delete marker stands there. */
    record IsMarker() implements SourceAnswer {}

    /** Nothing is there. */
    record Gone() implements SourceAnswer {}

    /** There is data that only its writer can read (SSE-C, rule 29). */
    record NeedsCustomerKey() implements SourceAnswer {}
}

package io.tidelock.compliance.lag;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.StreamPosition;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OperationId;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.SkipReason;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Operations and outcomes to test with. */
public final class Operations {
    public static final Instant EPOCH = Instant.parse("2026-11-01T12:00:00Z");

    private static final AtomicLong OFFSET = new AtomicLong();
    private static final ObjectKey OBJECT = new ObjectKey(new Bucket("paris", "photos"), "cat.jpg");
    private static final VersionId VERSION = new VersionId("v1");

    private Operations() {}

    public static Operation created(String rule, Instant time, long sizeBytes) {
        return of(rule, new BucketEvent.ObjectCreated(occurrence(time), sizeBytes, null));
    }

    public static Operation marker(String rule, Instant time) {
        return of(rule, new BucketEvent.DeleteMarkerCreated(occurrence(time)));
    }

    public static Operation changed(String rule, Instant time, BucketEvent.Aspect aspect) {
        return of(rule, new BucketEvent.MetadataChanged(occurrence(time), aspect));
    }

    public static Operation removed(String rule, Instant time) {
        return of(rule, new BucketEvent.VersionRemoved(occurrence(time)));
    }

    public static Outcome replicated(Operation operation, Instant endedAt, long bytes) {
        return new Outcome.Replicated(operation, endedAt, 1, VERSION, VERSION, bytes, true, false);
    }

    public static Outcome propagated(Operation operation, Instant endedAt) {
        return new Outcome.DeleteMarkerPropagated(operation, endedAt, 1, VERSION, VERSION);
    }

    public static Outcome synced(Operation operation, Instant endedAt) {
        return new Outcome.MetadataSynced(operation, endedAt, 1, VERSION, VERSION);
    }

    public static Outcome skipped(Operation operation, Instant endedAt, SkipReason reason) {
        return new Outcome.Skipped(operation, endedAt, 1, reason);
    }

    public static Outcome failed(Operation operation, Instant endedAt, FailureReason reason) {
        return new Outcome.Failed(operation, endedAt, 3, reason, "AccessDenied");
    }

    private static Operation of(String rule, BucketEvent event) {
        var position = new StreamPosition("tidelock.events", 0, OFFSET.getAndIncrement());
        return new Operation(new OperationId(position, rule), event, OBJECT, EPOCH);
    }

    private static Occurrence occurrence(Instant time) {
        return new Occurrence(OBJECT, VERSION, time, null, null, "ObjectCreated:Put", Cause.REQUEST);
    }
}

package io.tidelock.replicator.execute;

import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.Journal;
import io.tidelock.replicator.plan.Facts;
import io.tidelock.replicator.plan.Question;
import io.tidelock.replicator.plan.SourceAnswer;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.OpenObject;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers the planner's questions from the two stores of one route. Where the event says that the version is small, its
 * head is read with a GET whose body is kept open for the copy, so that the plain case costs one request less. Not
 * thread-safe.
 */
final class FactGatherer implements AutoCloseable {
    private static final Set<StoreFailure> A_HEAD_SAYS_MORE = EnumSet.of(
            StoreFailure.NOT_FOUND, StoreFailure.ARCHIVED, StoreFailure.UNSUPPORTED, StoreFailure.INVALID_REQUEST);

    private final Route route;
    private final BucketFactsCache buckets;
    private final HiddenAspects hidden;
    private final InstantSource clock;
    private final Journal journal;
    private final long openBelowBytes;
    private @Nullable OpenObject opened;
    private int asked;
    private boolean destinationAsked;

    /** @param openBelowBytes a source version that is said to be smaller is opened at once; 0 for never */
    FactGatherer(
            Route route,
            BucketFactsCache buckets,
            HiddenAspects hidden,
            Journal journal,
            InstantSource clock,
            long openBelowBytes) {
        this.route = route;
        this.buckets = buckets;
        this.hidden = hidden;
        this.journal = journal;
        this.clock = clock;
        this.openBelowBytes = openBelowBytes;
    }

    /** The facts and the answer to one more question. */
    Facts answer(Facts facts, Question<?> question) {
        asked++;
        destinationAsked |= asksDestination(question);
        if (takesLong(question)) {
            close();
        }
        var source = route.source().store();
        var destination = route.destination().store();
        var key = route.assignment().event().object();
        var replica = route.assignment().replica();
        return switch (question) {
            case Question.DestinationBucket q ->
                facts.with(q, Side.DESTINATION.call(() -> buckets.of(replica.bucket(), destination)));
            case Question.SourceBucket q -> facts.with(q, Side.SOURCE.call(() -> buckets.of(key.bucket(), source)));
            case Question.DestinationHead q -> facts.with(q, Side.DESTINATION.call(() -> destination.head(replica)));
            case Question.SourceHead q -> facts.with(q, Side.SOURCE.call(() -> sourceHead(source, q.version())));
            case Question.SourceMetadata q ->
                facts.with(q, Side.SOURCE.call(() -> sourceMetadata(source, q.version())));
            case Question.SourceTags q ->
                facts.with(q, Side.SOURCE.call(() -> source.tags(new ObjectVersion(key, q.version()))));
            case Question.SourceStack q -> facts.with(q, Side.SOURCE.call(() -> source.stack(key)));
            case Question.DestinationStack q -> facts.with(q, Side.DESTINATION.call(() -> destination.stack(replica)));
            case Question.ReplicaHead q ->
                facts.with(q, Side.DESTINATION.call(() -> destination.head(new ObjectVersion(replica, q.version()))));
            case Question.SourceAcl q ->
                facts.with(q, Side.SOURCE.call(() -> source.acl(new ObjectVersion(key, q.version()))));
            case Question.ReplicaAcl q ->
                facts.with(q, Side.DESTINATION.call(() -> destination.acl(new ObjectVersion(replica, q.version()))));
            case Question.Now q -> facts.with(q, clock.instant());
            case Question.Journalled q -> facts.with(q, journal.of(key, q.version(), q.eTag(), replica));
            case Question.ReplicaTags q ->
                facts.with(q, Side.DESTINATION.call(() -> destination.tags(new ObjectVersion(replica, q.version()))));
        };
    }

    /** An answer that has to be waited for must not let the open body run into its store's idle time-out. */
    private static boolean takesLong(Question<?> question) {
        return switch (question) {
            case Question.SourceStack _, Question.DestinationStack _, Question.ReplicaHead _, Question.Journalled _ ->
                true;
            case Question.DestinationBucket _,
                    Question.SourceBucket _,
                    Question.DestinationHead _,
                    Question.SourceHead _,
                    Question.SourceMetadata _,
                    Question.SourceTags _,
                    Question.SourceAcl _,
                    Question.ReplicaAcl _,
                    Question.Now _,
                    Question.ReplicaTags _ -> false;
        };
    }

    /** What a bucket is may be remembered, so that answer says nothing of whether the store is there. */
    private static boolean asksDestination(Question<?> question) {
        return switch (question) {
            case Question.DestinationHead _,
                    Question.DestinationStack _,
                    Question.ReplicaHead _,
                    Question.ReplicaTags _,
                    Question.ReplicaAcl _ -> true;
            case Question.DestinationBucket _,
                    Question.SourceBucket _,
                    Question.SourceHead _,
                    Question.SourceMetadata _,
                    Question.SourceTags _,
                    Question.SourceAcl _,
                    Question.SourceStack _,
                    Question.Journalled _,
                    Question.Now _ -> false;
        };
    }

    /** Whether the destination was asked for an object; nothing is written without that. */
    boolean destinationAsked() {
        return destinationAsked;
    }

    /** How many questions were answered. */
    int asked() {
        return asked;
    }

    private SourceAnswer sourceHead(ObjectStore source, VersionId id) {
        var version = new ObjectVersion(route.assignment().event().object(), id);
        return read(
                source,
                () -> isSmall(id)
                        ? open(source, version).orElseGet(() -> head(source, version))
                        : head(source, version));
    }

    private SourceAnswer sourceMetadata(ObjectStore source, VersionId id) {
        var version = new ObjectVersion(route.assignment().event().object(), id);
        return read(source, () -> head(source, version));
    }

    private SourceAnswer read(ObjectStore source, Supplier<SourceAnswer> reading) {
        try {
            var answer = reading.get();
            if (answer instanceof SourceAnswer.Found(var head)) {
                hidden.requireAllSeen(head, source);
            } else if (answer instanceof SourceAnswer.Gone) {
                // a HEAD has no body to say that not the version is missing but its whole bucket
                buckets.of(route.assignment().event().object().bucket(), source);
            }
            return answer;
        } catch (StoreException e) {
            if (e.failure() == StoreFailure.CUSTOMER_KEY_NEEDED) {
                return new SourceAnswer.NeedsCustomerKey();
            }
            throw e;
        }
    }

    private boolean isSmall(VersionId id) {
        if (!(route.assignment().event() instanceof ObjectCreated created) || route.isCopiedByStore()) {
            return false;
        }
        var sizeBytes = created.sizeBytes();
        return id.equals(created.occurrence().versionId()) && sizeBytes != null && sizeBytes < openBelowBytes;
    }

    private static SourceAnswer head(ObjectStore source, ObjectVersion version) {
        return switch (source.head(version)) {
            case HeadAnswer.Present(var head) -> new SourceAnswer.Found(head);
            case HeadAnswer.DeleteMarker _ -> new SourceAnswer.IsMarker();
            case HeadAnswer.Missing() -> new SourceAnswer.Gone();
        };
    }

    /** Empty where the GET cannot say what a HEAD can: the version is gone, a marker, or archived. */
    private Optional<SourceAnswer> open(ObjectStore source, ObjectVersion version) {
        close();
        try {
            var object = source.open(version, null, null);
            opened = object;
            return Optional.of(new SourceAnswer.Found(object.head()));
        } catch (StoreException e) {
            if (A_HEAD_SAYS_MORE.contains(e.failure())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Hands over the body that was opened for exactly this version, if there is one; the caller closes it. */
    Optional<OpenObject> take(ObjectHead head) {
        var object = opened;
        if (object == null || !object.head().equals(head)) {
            return Optional.empty();
        }
        opened = null;
        return Optional.of(object);
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}

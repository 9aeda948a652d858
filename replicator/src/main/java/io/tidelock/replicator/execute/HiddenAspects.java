package io.tidelock.replicator.execute;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out whether tags and locks in a bucket may be read at all. Where that right is missing a head leaves them out, as
 * if there were none, and a copy would lose them in silence. So they are asked for by name, of one version of each bucket
 * every now and then, and whoever may not see them hears of it. Thread-safe; only buckets that rules name are asked for,
 * so their number bounds it.
 */
final class HiddenAspects {
    private static final Set<StoreFailure> NOTHING_THERE =
            EnumSet.of(StoreFailure.NOT_FOUND, StoreFailure.UNSUPPORTED, StoreFailure.INVALID_REQUEST);

    private final Map<Bucket, Instant> tagsUntil = new ConcurrentHashMap<>();
    private final Map<Bucket, Instant> locksUntil = new ConcurrentHashMap<>();
    private final BucketFactsCache buckets;
    private final InstantSource clock;
    private final Duration maxAge;

    /** @param maxAge how long a right that was seen is relied upon */
    HiddenAspects(BucketFactsCache buckets, InstantSource clock, Duration maxAge) {
        this.buckets = buckets;
        this.clock = clock;
        this.maxAge = maxAge;
    }

    /**
     * Returns if what a head says of tags and lock is all there is.
     *
     * @throws StoreException {@link StoreFailure#DENIED} of the very action that is missing
     */
    void requireAllSeen(ObjectHead head, ObjectStore store) {
        var bucket = head.version().object().bucket();
        if (head.tagCount() == 0) {
            require(tagsUntil, bucket, () -> store.tags(head.version()));
        }
        var facts = buckets.of(bucket, store);
        if (facts.objectLock() || facts.objectLockHidden()) {
            require(locksUntil, bucket, () -> store.requireLockReadable(head.version()));
        }
    }

    private void require(Map<Bucket, Instant> seenUntil, Bucket bucket, Runnable ask) {
        var now = clock.instant();
        if (now.isBefore(seenUntil.getOrDefault(bucket, Instant.MIN))) {
            return;
        }
        try {
            ask.run();
        } catch (StoreException e) {
            if (!NOTHING_THERE.contains(e.failure())) {
                throw e;
            }
        }
        seenUntil.put(bucket, now.plus(maxAge));
    }
}

package io.tidelock.replicator.execute;

import io.tidelock.domain.Bucket;
import io.tidelock.replicator.store.BucketFacts;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What buckets are, remembered for a while. Only buckets that rules name are asked for, so their number bounds it. A
 * bucket that is not fit for replication is asked again at once: somebody may be mending it.
 */
public final class BucketFactsCache {
    private final Map<Bucket, Entry> entries = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Duration maxAge;

    /** @param maxAge how old an answer may be */
    public BucketFactsCache(InstantSource clock, Duration maxAge) {
        this.clock = clock;
        this.maxAge = maxAge;
    }

    private record Entry(BucketFacts facts, Instant until) {}

    BucketFacts of(Bucket bucket, ObjectStore store) {
        var now = clock.instant();
        var known = entries.get(bucket);
        if (known != null && now.isBefore(known.until())) {
            return known.facts();
        }
        var facts = store.inspect(bucket);
        if (facts.versioning() == Versioning.ENABLED) {
            entries.put(bucket, new Entry(facts, now.plus(maxAge)));
        } else {
            entries.remove(bucket);
        }
        return facts;
    }

    void forget(Bucket bucket) {
        entries.remove(bucket);
    }
}

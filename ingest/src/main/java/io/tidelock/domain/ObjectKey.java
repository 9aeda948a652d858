package io.tidelock.domain;

/**
 * One object key in one bucket: the unit of order. All events of one object key live in one partition of
 * {@code tidelock.events}.
 *
 * @param bucket where the key lives
 * @param key the decoded key, exactly as the store spells it; never empty
 */
public record ObjectKey(Bucket bucket, String key) {
    public ObjectKey {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key must not be empty");
        }
    }

    /** The Kafka record key: store, bucket and key joined by slashes. Unambiguous, as neither name holds a slash. */
    public String recordKey() {
        return bucket.store() + "/" + bucket.name() + "/" + key;
    }

    @Override
    public String toString() {
        return recordKey();
    }
}

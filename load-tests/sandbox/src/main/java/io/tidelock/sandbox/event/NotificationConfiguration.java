package io.tidelock.sandbox.event;

import io.tidelock.sandbox.model.Change;

/**
 * Which changes are told, to which topic, and how well.
 *
 * @param id the id that each message names as {@code configurationId}
 * @param scope whose changes
 * @param topic where they go
 * @param delivery how faithfully
 * @param locks whether changes of retention and legal hold are told too, as MinIO does and S3 does not
 */
public record NotificationConfiguration(String id, Scope scope, String topic, Delivery delivery, boolean locks) {
    public NotificationConfiguration {
        if (id.isEmpty() || topic.isEmpty()) {
            throw new IllegalArgumentException(
                    "a notification needs an id and a topic, id was '" + id + "', topic was '" + topic + "'");
        }
    }

    /** As S3 tells. */
    public NotificationConfiguration(String id, Scope scope, String topic, Delivery delivery) {
        this(id, scope, topic, delivery, false);
    }

    /** Everything that happens in one bucket, delivered faithfully. */
    public static NotificationConfiguration ofBucket(String bucket, String topic) {
        return new NotificationConfiguration(bucket, new OneBucket(bucket), topic, Delivery.faithful());
    }

    /** Everything that happens in one region, delivered faithfully. */
    public static NotificationConfiguration ofRegion(String region, String topic) {
        return new NotificationConfiguration(region, new OneRegion(region), topic, Delivery.faithful());
    }

    /** The same, delivered otherwise. */
    public NotificationConfiguration delivered(Delivery otherwise) {
        return new NotificationConfiguration(id, scope, topic, otherwise, locks);
    }

    /** The same, which tells of retention and legal hold as well. */
    public NotificationConfiguration tellingLocks() {
        return new NotificationConfiguration(id, scope, topic, delivery, true);
    }

    boolean covers(Change change) {
        if (!locks && !change.name().toldByS3()) {
            return false;
        }
        return switch (scope) {
            case OneBucket(var bucket) -> bucket.equals(change.bucket());
            case OneRegion(var region) -> region.equals(change.region());
        };
    }

    /** Whose changes are told. */
    public sealed interface Scope {}

    /** The changes of one bucket. */
    public record OneBucket(String bucket) implements Scope {}

    /** The changes of all buckets of one region. */
    public record OneRegion(String region) implements Scope {}
}

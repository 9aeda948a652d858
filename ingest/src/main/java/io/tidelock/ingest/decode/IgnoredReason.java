package io.tidelock.ingest.decode;

/** Why a notification that was understood is no bucket event. */
public enum IgnoredReason {
    /** The store tried out a new notification configuration ({@code s3:TestEvent}). */
    TEST_EVENT,
    /** SNS speaks of the subscription itself. */
    SUBSCRIPTION,
    /** An envelope without records. */
    NO_RECORDS,
    /** Nothing was changed: a read, a delete that found nothing, a report of a scanner. */
    NO_CHANGE,
    /** A version moved between storage classes, tiers or its archive; its content is the same. */
    STORAGE_CLASS,
    /** The store reports on its own replication. */
    REPLICATION_REPORT,
    /** A multipart upload began or was given up; there is no object. */
    UPLOAD,
    /** A bucket was made or removed, or configured in a way that replication does not hang on. */
    BUCKET,
    /** An object annotation changed; annotations are not replicated. */
    ANNOTATION
}

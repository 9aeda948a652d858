package io.tidelock.sandbox.model;

/** The kinds of change that S3 tells about (UG: Supported event types). */
public enum EventName {
    OBJECT_CREATED_PUT("ObjectCreated:Put"),
    OBJECT_CREATED_COPY("ObjectCreated:Copy"),
    OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD("ObjectCreated:CompleteMultipartUpload"),
    OBJECT_REMOVED_DELETE("ObjectRemoved:Delete"),
    OBJECT_REMOVED_DELETE_MARKER_CREATED("ObjectRemoved:DeleteMarkerCreated"),
    OBJECT_TAGGING_PUT("ObjectTagging:Put"),
    OBJECT_TAGGING_DELETE("ObjectTagging:Delete"),
    OBJECT_ACL_PUT("ObjectAcl:Put"),
    /** Told by MinIO only, where it does not mean a new object; S3 tells nothing (MinIO: Bucket notifications, supported event types). */
    RETENTION_PUT("ObjectCreated:PutRetention"),
    /** As {@link #RETENTION_PUT}. */
    LEGAL_HOLD_PUT("ObjectCreated:PutLegalHold"),
    LIFECYCLE_EXPIRATION_DELETE("LifecycleExpiration:Delete"),
    LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED("LifecycleExpiration:DeleteMarkerCreated");

    private final String text;

    EventName(String text) {
        this.text = text;
    }

    /** The name as it stands in an event. */
    public String text() {
        return text;
    }

    /** Whether something is gone or hidden after it. */
    public boolean removal() {
        return switch (this) {
            case OBJECT_REMOVED_DELETE,
                    OBJECT_REMOVED_DELETE_MARKER_CREATED,
                    LIFECYCLE_EXPIRATION_DELETE,
                    LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED -> true;
            case OBJECT_CREATED_PUT,
                    OBJECT_CREATED_COPY,
                    OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD,
                    OBJECT_TAGGING_PUT,
                    OBJECT_TAGGING_DELETE,
                    OBJECT_ACL_PUT,
                    RETENTION_PUT,
                    LEGAL_HOLD_PUT -> false;
        };
    }

    /** Whether S3 itself tells of it. */
    public boolean toldByS3() {
        return this != RETENTION_PUT && this != LEGAL_HOLD_PUT;
    }

    /** Whether a lifecycle rule did it. */
    public boolean lifecycle() {
        return this == LIFECYCLE_EXPIRATION_DELETE || this == LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED;
    }
}

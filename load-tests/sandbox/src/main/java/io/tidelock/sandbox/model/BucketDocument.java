package io.tidelock.sandbox.model;

import java.util.Optional;

/** The documents that a bucket only keeps: nothing here acts on them (API: the Get and Put operations of each). */
public enum BucketDocument {
    ACCELERATE("AccelerateConfiguration", Optional.empty()),
    CORS("CORSConfiguration", Optional.of(ErrorCode.NO_SUCH_CORS)),
    LIFECYCLE("LifecycleConfiguration", Optional.of(ErrorCode.NO_SUCH_LIFECYCLE)),
    LOGGING("BucketLoggingStatus", Optional.empty()),
    NOTIFICATION("NotificationConfiguration", Optional.empty()),
    REQUEST_PAYMENT("RequestPaymentConfiguration", Optional.empty()),
    WEBSITE("WebsiteConfiguration", Optional.of(ErrorCode.NO_SUCH_WEBSITE));

    private final String root;
    private final Optional<ErrorCode> missing;

    BucketDocument(String root, Optional<ErrorCode> missing) {
        this.root = root;
        this.missing = missing;
    }

    /** The name of its first element. */
    public String root() {
        return root;
    }

    /** How S3 says that a bucket has none; empty where it shows an empty document instead. */
    public Optional<ErrorCode> missing() {
        return missing;
    }
}

package io.tidelock.compliance.snapshot;

import java.util.Arrays;
import java.util.Optional;

/** The documents of a bucket that a snapshot may hold, each the inner element of the S3 API's answer. */
public enum BucketDocument {
    POLICY("policy"),
    ACL("acl"),
    PUBLIC_ACCESS_BLOCK("publicAccessBlock"),
    OWNERSHIP_CONTROLS("ownershipControls"),
    VERSIONING("versioning"),
    ENCRYPTION("encryption"),
    LOGGING("logging"),
    OBJECT_LOCK("objectLock"),
    LIFECYCLE("lifecycle"),
    NOTIFICATION("notification"),
    REPLICATION("replication"),
    CORS("cors"),
    TAGGING("tagging"),
    WEBSITE("website"),
    REQUEST_PAYMENT("requestPayment"),
    INVENTORY("inventory"),
    INTELLIGENT_TIERING("intelligentTiering");

    private final String key;

    BucketDocument(String key) {
        this.key = key;
    }

    /** The member of a snapshot's {@code bucket} that holds it. */
    public String key() {
        return key;
    }

    static Optional<BucketDocument> ofKey(String key) {
        return Arrays.stream(values())
                .filter(document -> document.key.equals(key))
                .findFirst();
    }
}

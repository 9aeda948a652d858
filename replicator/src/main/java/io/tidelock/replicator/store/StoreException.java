package io.tidelock.replicator.store;

import org.jspecify.annotations.Nullable;

/** The one exception that a store throws. Its message names the operation and never holds a secret. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StoreFailure failure;
    private final String operation;

    /**
     * @param operation the S3 API action that failed, such as {@code PutObject}
     * @param detail the store's own code and message
     */
    public StoreException(StoreFailure failure, String operation, String detail, @Nullable Throwable cause) {
        super(operation + ": " + failure + " (" + detail + ")", cause);
        this.failure = failure;
        this.operation = operation;
    }

    public StoreFailure failure() {
        return failure;
    }

    /** The S3 API action that failed, such as {@code PutObject}. */
    public String operation() {
        return operation;
    }
}

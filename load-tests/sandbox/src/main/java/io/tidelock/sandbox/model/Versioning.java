package io.tidelock.sandbox.model;

/** Whether a bucket keeps versions (UG: Using versioning in S3 buckets); once enabled it can only be suspended. */
public enum Versioning {
    NEVER,
    ENABLED,
    SUSPENDED
}

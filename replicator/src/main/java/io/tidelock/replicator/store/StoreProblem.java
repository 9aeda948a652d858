package io.tidelock.replicator.store;

/**
 * Something that keeps a bucket from being replicated.
 *
 * @param bucket the bucket, as store and name
 * @param what what is missing or wrong, with the store's own words
 * @param remedy what a person can do about it
 */
public record StoreProblem(String bucket, String what, String remedy) {}

package io.tidelock.sandbox.model;

import java.time.InstantSource;
import java.util.Optional;

/** One bucket with all it holds. Safe for many threads: each call is one step under the bucket's own lock. */
public final class BucketState {
    private final String name;
    private final String region;
    private final Account owner;
    private Optional<String> policy = Optional.empty();

    BucketState(String name, String region, Account owner, InstantSource clock, long seed, ChangeListener listener) {
        this.name = name;
        this.region = region;
        this.owner = owner;
    }

    public String name() {
        return name;
    }

    public String region() {
        return region;
    }

    public Account owner() {
        return owner;
    }

    /** The bucket policy, as it was given. */
    public synchronized Optional<String> policy() {
        return policy;
    }

    public synchronized void setPolicy(Optional<String> next) {
        policy = next;
    }

    void close() {}
}

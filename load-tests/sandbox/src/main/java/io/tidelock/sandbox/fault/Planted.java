package io.tidelock.sandbox.fault;

import java.util.SplittableRandom;

/** A fault that strikes until it has struck often enough or is taken away. Thread-safe. */
public final class Planted {
    private final Aim aim;
    private final Fault fault;
    private final SplittableRandom random;
    private long passed;
    private long struck;

    Planted(Aim aim, Fault fault) {
        this.aim = aim;
        this.fault = fault;
        this.random = new SplittableRandom(aim.seed());
    }

    Fault fault() {
        return fault;
    }

    /** How many requests it struck so far. */
    public synchronized long struck() {
        return struck;
    }

    /** Takes it away; requests that it struck already are not helped by that. */
    public void remove() {
        aim.faults().remove(this);
    }

    boolean strikes(String bucket, String key, String operation) {
        return aim.bucket().map(bucket::equals).orElse(true)
                && aim.key().map(key::equals).orElse(true)
                && aim.operation().map(operation::equals).orElse(true)
                && strikes();
    }

    private synchronized boolean strikes() {
        if (struck >= aim.times()) {
            return false;
        }
        if (passed < aim.skip()) {
            passed++;
            return false;
        }
        if (aim.probability() < 1 && random.nextDouble() >= aim.probability()) {
            return false;
        }
        struck++;
        return true;
    }
}

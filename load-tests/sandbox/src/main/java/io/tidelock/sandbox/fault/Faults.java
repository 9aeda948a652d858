package io.tidelock.sandbox.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The faults of one region, planted and taken away while it serves. Thread-safe.
 *
 * <p>{@snippet :
 * region.faults().at("photos-replica", "PutObject").times(3).cause(new Fault.SlowDown());
 * var storm = region.faults().anywhere().sometimes(0.2, 42).cause(new Fault.ResetAfter());
 * storm.remove();
 * }
 */
public final class Faults {
    private final Set<String> operations;
    private final List<Planted> planted = new CopyOnWriteArrayList<>();

    /**
     * No faults yet.
     *
     * @param operations the operations that there are
     */
    public Faults(Set<String> operations) {
        this.operations = Set.copyOf(operations);
    }

    /** Aims at all requests of the region. */
    public Aim anywhere() {
        return Aim.at(this);
    }

    /** Aims at all requests about one bucket. */
    public Aim at(String bucket) {
        return anywhere().bucket(bucket);
    }

    /**
     * Aims at one operation on one bucket.
     *
     * @param operation by S3's name of it, such as {@code PutObject}
     */
    public Aim at(String bucket, String operation) {
        return at(bucket).operation(operation);
    }

    /** Takes all faults away. */
    public void clear() {
        planted.clear();
    }

    void requireKnown(String operation) {
        if (!operations.contains(operation)) {
            throw new IllegalArgumentException("operation must be one of " + operations + ", was " + operation);
        }
    }

    void add(Planted one) {
        planted.add(one);
    }

    void remove(Planted one) {
        planted.remove(one);
    }

    /**
     * What strikes a request now, in the order of planting; each one that strikes has struck once more. Nothing strikes a request that
     * another fault has ended already, but delays, which come before that.
     */
    public List<Fault> strike(String bucket, String key, String operation) {
        if (planted.isEmpty()) {
            return List.of();
        }
        var struck = new ArrayList<Fault>();
        var ended = false;
        for (var one : planted) {
            var fault = one.fault();
            if ((!ended || fault instanceof Fault.Delay) && one.strikes(bucket, key, operation)) {
                struck.add(fault);
                ended |= fault.endsRequest();
            }
        }
        return struck;
    }
}

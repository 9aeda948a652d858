package io.tidelock.sandbox.fault;

import java.util.Optional;

/**
 * Which requests a fault strikes. Immutable: each method gives another aim.
 *
 * @param faults where the fault will be planted
 * @param bucket the bucket, empty for any and for requests about none
 * @param key the object key, empty for any
 * @param operation S3's name of the operation, empty for any
 * @param skip how many fitting requests pass unharmed first, at least 0
 * @param times how many requests are struck at most, at least 1
 * @param probability with which each fitting request is struck, above 0 and at most 1
 * @param seed decides which ones
 */
public record Aim(
        Faults faults,
        Optional<String> bucket,
        Optional<String> key,
        Optional<String> operation,
        long skip,
        long times,
        double probability,
        long seed) {
    public Aim {
        operation.ifPresent(faults::requireKnown);
        if (skip < 0) {
            throw new IllegalArgumentException("skip must be at least 0, was " + skip);
        }
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1, was " + times);
        }
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be above 0 and at most 1, was " + probability);
        }
    }

    static Aim at(Faults faults) {
        return new Aim(faults, Optional.empty(), Optional.empty(), Optional.empty(), 0, Long.MAX_VALUE, 1, 0);
    }

    public Aim bucket(String name) {
        return new Aim(faults, Optional.of(name), key, operation, skip, times, probability, seed);
    }

    public Aim key(String name) {
        return new Aim(faults, bucket, Optional.of(name), operation, skip, times, probability, seed);
    }

    /** Aims at one operation, by S3's name of it. */
    public Aim operation(String name) {
        return new Aim(faults, bucket, key, Optional.of(name), skip, times, probability, seed);
    }

    /** Lets some fitting requests pass first. */
    public Aim after(long passing) {
        return new Aim(faults, bucket, key, operation, passing, times, probability, seed);
    }

    /** Strikes so often and no more. */
    public Aim times(long most) {
        return new Aim(faults, bucket, key, operation, skip, most, probability, seed);
    }

    /** Strikes only some of the fitting requests. */
    public Aim sometimes(double withProbability, long withSeed) {
        return new Aim(faults, bucket, key, operation, skip, times, withProbability, withSeed);
    }

    /** Plants the fault, which strikes from now on. */
    public Planted cause(Fault fault) {
        var planted = new Planted(this, fault);
        faults.add(planted);
        return planted;
    }
}

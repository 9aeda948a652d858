package io.tidelock.replicator.execute;

import java.time.Duration;

/**
 * How plans are carried out.
 *
 * @param bucketFactsMaxAge {@code replicator.bucketFactsMaxAge}: how long it is believed that a bucket is versioned; 1
 *     second to 1 hour
 * @param ownerCheckEvery {@code replicator.ownerCheckEvery}: after the first replica of a rule with owner override, the
 *     owner of one in this many is verified; from 1 for all
 */
public record ExecuteSettings(
        TransferSettings transfer, RetrySettings retry, Duration bucketFactsMaxAge, long ownerCheckEvery) {
    /** The defaults of both, 1 minute, one in 1,000. */
    public static final ExecuteSettings DEFAULT =
            new ExecuteSettings(TransferSettings.DEFAULT, RetrySettings.DEFAULT, Duration.ofMinutes(1), 1_000);

    public ExecuteSettings {
        if (bucketFactsMaxAge.compareTo(Duration.ofSeconds(1)) < 0
                || bucketFactsMaxAge.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "replicator.bucketFactsMaxAge must be between PT1S and PT1H, was " + bucketFactsMaxAge);
        }
        if (ownerCheckEvery < 1) {
            throw new IllegalArgumentException("replicator.ownerCheckEvery must be at least 1, was " + ownerCheckEvery);
        }
    }
}

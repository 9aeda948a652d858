package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.budget.BudgetSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One configured store.
 *
 * @param name as the rest of the configuration calls it
 * @param region that requests are signed for
 * @param endpoint where it is, or null for AWS's own of the region
 * @param account the id of the account that owns the buckets there, or null when unknown
 * @param pathStyle whether the bucket stands in the path instead of in the host's name
 * @param payloadSigned whether bodies sent over plain HTTP are signed as well, at the cost of a SHA-256 of every byte;
 *     without effect over HTTPS and for vendors that take no chunked bodies
 * @param customerKeys SSE-C keys of versions that are read or written there; at most 16
 * @param connectionsMax how many requests may be on the wire at once; the next one waits
 * @param connectTimeout how long to wait for a connection to be made, or for one of the pool
 * @param answerTimeout how long to wait for the next byte of an answer
 * @param writeTimeout how long a request may take in all that makes another version or marker current, from 1 s to 1 h: after that it is
 *     cut, and no later than that an owner of a partition that was cut off from Kafka has stopped writing
 * @param budget how many requests and bytes a second the store may cost
 */
public record S3Settings(
        String name,
        Vendor vendor,
        String region,
        @Nullable URI endpoint,
        @Nullable String account,
        boolean pathStyle,
        boolean payloadSigned,
        S3Credentials credentials,
        List<CustomerKey> customerKeys,
        int connectionsMax,
        Duration connectTimeout,
        Duration answerTimeout,
        Duration writeTimeout,
        BudgetSettings budget) {
    /** Enough for many small copies at once. */
    public static final int CONNECTIONS_MAX_DEFAULT = 128;

    /** How long to wait for a connection where nothing else is configured. */
    public static final Duration CONNECT_TIMEOUT_DEFAULT = Duration.ofSeconds(10);

    /** How long to wait for a byte where nothing else is configured. */
    public static final Duration ANSWER_TIMEOUT_DEFAULT = Duration.ofSeconds(60);

    /** How long a request that writes may take in all where nothing else is configured: large copies and completions take minutes. */
    public static final Duration WRITE_TIMEOUT_DEFAULT = Duration.ofMinutes(5);

    private static final Duration WRITE_TIMEOUT_MIN = Duration.ofSeconds(1);
    private static final Duration WRITE_TIMEOUT_MAX = Duration.ofHours(1);

    /** Most SSE-C keys: each is tried on a version whose key nobody names. */
    public static final int CUSTOMER_KEYS_MAX = 16;

    public S3Settings {
        customerKeys = List.copyOf(customerKeys);
        if (customerKeys.size() > CUSTOMER_KEYS_MAX) {
            throw new IllegalArgumentException("stores." + name + ".customerKeys must be at most " + CUSTOMER_KEYS_MAX
                    + ", were " + customerKeys.size());
        }
        if (vendor != Vendor.AWS && endpoint == null) {
            throw new IllegalArgumentException("stores." + name + ".endpoint is needed unless the vendor is aws");
        }
        if (connectionsMax < 1) {
            throw new IllegalArgumentException(
                    "stores." + name + ".connectionsMax must be at least 1, was " + connectionsMax);
        }
        requirePositive(name, "connectTimeout", connectTimeout);
        requirePositive(name, "answerTimeout", answerTimeout);
        if (writeTimeout.compareTo(WRITE_TIMEOUT_MIN) < 0 || writeTimeout.compareTo(WRITE_TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "stores." + name + ".writeTimeout must be 1s to 1h, was " + writeTimeout);
        }
    }

    /** A store with the defaults of its vendor. */
    public static S3Settings of(
            String name, Vendor vendor, String region, @Nullable URI endpoint, S3Credentials credentials) {
        return new S3Settings(
                name,
                vendor,
                region,
                endpoint,
                null,
                vendor != Vendor.AWS,
                true,
                credentials,
                List.of(),
                CONNECTIONS_MAX_DEFAULT,
                CONNECT_TIMEOUT_DEFAULT,
                ANSWER_TIMEOUT_DEFAULT,
                WRITE_TIMEOUT_DEFAULT,
                BudgetSettings.NONE);
    }

    private static void requirePositive(String name, String setting, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "stores." + name + "." + setting + " must be longer than nothing, was " + value);
        }
    }
}

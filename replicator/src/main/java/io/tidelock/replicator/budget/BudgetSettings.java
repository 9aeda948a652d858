package io.tidelock.replicator.budget;

import java.util.OptionalLong;

/**
 * What a store or a rule may cost one instance.
 *
 * @param requestsPerSecond {@code budget.requestsPerSecond}: 1 to 1,000,000; empty for any number
 * @param bytesPerSecond {@code budget.bytesPerSecond}: 64 KiB to 1 TB; empty for any number
 */
public record BudgetSettings(OptionalLong requestsPerSecond, OptionalLong bytesPerSecond) {
    /** No bounds. */
    public static final BudgetSettings NONE = new BudgetSettings(OptionalLong.empty(), OptionalLong.empty());

    /** Fewer bytes a second would leave a body without any for so long that its store hangs up. */
    public static final long BYTES_MIN = 64 << 10;

    private static final long REQUESTS_MAX = 1_000_000;
    private static final long BYTES_MAX = 1_000_000_000_000L;

    public BudgetSettings {
        requireWithin("requestsPerSecond", requestsPerSecond, 1, REQUESTS_MAX);
        requireWithin("bytesPerSecond", bytesPerSecond, BYTES_MIN, BYTES_MAX);
    }

    private static void requireWithin(String name, OptionalLong value, long min, long max) {
        if (value.isPresent() && (value.getAsLong() < min || value.getAsLong() > max)) {
            throw new IllegalArgumentException("budget." + name + " must be between " + min + " and " + max + ", was "
                    + value.getAsLong() + "; leave it out for no bound");
        }
    }
}

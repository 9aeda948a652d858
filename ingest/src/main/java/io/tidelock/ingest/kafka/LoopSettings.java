package io.tidelock.ingest.kafka;

import java.time.Duration;
import java.util.Optional;

/**
 * What one poll loop reads, and within which bounds.
 *
 * @param role what the loop is for, such as {@code ingest}; part of the names of its clients, its thread and its
 *     transactional id
 * @param group the consumer group
 * @param side a topic that is read beside the subscribed one, where that is a single topic
 */
public record LoopSettings(
        String role, String group, Subscription subscription, Limits limits, Optional<SideTopic> side) {
    public LoopSettings {
        if (!role.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "role must be 1 to 64 letters, digits, dots, underscores or hyphens, was \"" + role + "\"");
        }
        if (group.isBlank()) {
            throw new IllegalArgumentException("group must not be empty");
        }
        if (side.isPresent()
                && !(subscription instanceof Subscription.Topics(var names)
                        && names.size() == 1
                        && !names.contains(side.get().name()))) {
            throw new IllegalArgumentException("a side topic goes with one other topic, was beside " + subscription);
        }
    }

    /** Nothing beside the subscription. */
    public LoopSettings(String role, String group, Subscription subscription, Limits limits) {
        this(role, group, subscription, limits, Optional.empty());
    }

    /**
     * A topic with as many partitions as the subscribed one: whoever owns a partition there reads the one of the same
     * number here, and commits it in the same group. Its bounds are its own, so that neither holds up the other.
     *
     * @param recordsInFlightMax records handed out and not yet committed, from 1; overshot by at most one poll (500)
     * @param bytesInFlightMax their keys and values in bytes, from 1; overshot by at most one poll
     */
    public record SideTopic(String name, int recordsInFlightMax, long bytesInFlightMax) {
        public SideTopic {
            if (name.isBlank()) {
                throw new IllegalArgumentException("the side topic's name must not be empty");
            }
            Limits.requireFromOne("recordsInFlightMax", recordsInFlightMax);
            Limits.requireFromOne("bytesInFlightMax", bytesInFlightMax);
        }
    }

    /**
     * The bounds of a loop. Reaching one pauses reading; nothing is dropped.
     *
     * @param recordsInFlightMax records handed out and not yet committed, from 1; overshot by at most one poll (500)
     * @param bytesInFlightMax their keys and values in bytes, from 1; overshot by at most one poll
     * @param batchRecordsMax finished records that are committed in one transaction at the latest, from 1
     * @param batchDelay how long a finished record waits for others at most, from 0 to 10 s
     * @param drainDeadline how long begun work is waited for when partitions leave or the loop stops, up to 60 s
     */
    public record Limits(
            int recordsInFlightMax,
            long bytesInFlightMax,
            int batchRecordsMax,
            Duration batchDelay,
            Duration drainDeadline) {
        /** 10,000 records, 16 MiB, 2,000 a transaction or 50 ms, 10 s to drain. */
        public static final Limits DEFAULT =
                new Limits(10_000, 16L << 20, 2_000, Duration.ofMillis(50), Duration.ofSeconds(10));

        public Limits {
            requireFromOne("recordsInFlightMax", recordsInFlightMax);
            requireFromOne("bytesInFlightMax", bytesInFlightMax);
            requireFromOne("batchRecordsMax", batchRecordsMax);
            requireWithin("batchDelay", batchDelay, Duration.ofSeconds(10));
            requireWithin("drainDeadline", drainDeadline, Duration.ofSeconds(60));
        }

        private static void requireFromOne(String name, long value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be at least 1, was " + value);
            }
        }

        private static void requireWithin(String name, Duration value, Duration max) {
            if (value.isNegative() || value.compareTo(max) > 0) {
                throw new IllegalArgumentException(name + " must be between 0 and " + max + ", was " + value);
            }
        }
    }
}

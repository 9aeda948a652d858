package io.tidelock.compliance.lag;

import java.time.Duration;

/**
 * What is planned for a rule and not done, at one instant.
 *
 * @param operations in flight or parked, delete markers included
 * @param bytes that they will move, as far as the events say; 0 where an event gives no size
 * @param oldestAge how long ago the oldest of them happened at the source; zero when there is none. Delete markers are
 *     not part of it, as S3's objective of 15 minutes leaves them out
 */
public record LagSnapshot(long operations, long bytes, Duration oldestAge) {
    /** Nothing is pending. */
    public static final LagSnapshot NONE = new LagSnapshot(0, 0, Duration.ZERO);

    /** Both together. */
    LagSnapshot and(LagSnapshot other) {
        return new LagSnapshot(
                operations + other.operations,
                bytes + other.bytes,
                oldestAge.compareTo(other.oldestAge) > 0 ? oldestAge : other.oldestAge);
    }
}

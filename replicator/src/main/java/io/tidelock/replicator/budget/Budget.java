package io.tidelock.replicator.budget;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Requests and bytes that are spent a second, at most so many: whoever wants more waits, in the order of coming. What was
 * not spent is kept for one second, so in any stretch of time no more is spent than the rate gives and one second's worth
 * on top. Counts what is spent also where there is no bound. Thread-safe.
 */
public final class Budget {
    /** A body takes no more at once, so that many bodies advance together. */
    static final int PIECE_BYTES_MAX = 16 << 10;

    private final @Nullable Bucket requests;
    private final @Nullable Bucket bytes;
    private final int operationsMax;
    private final BlockingStrategy waiting;
    private final LongAdder requestsSpent = new LongAdder();
    private final LongAdder bytesSpent = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();

    /** A budget whose waiting takes real time. */
    public Budget(BudgetSettings settings, InstantSource clock) {
        this(settings, clock, Thread::sleep);
    }

    /** @param pause lets that much time go by */
    Budget(BudgetSettings settings, InstantSource clock, Pause pause) {
        requests = bucket(settings.requestsPerSecond(), clock);
        bytes = bucket(settings.bytesPerSecond(), clock);
        operationsMax = Math.clamp(
                Math.min(
                        settings.requestsPerSecond().orElse(Integer.MAX_VALUE),
                        settings.bytesPerSecond().orElse(Long.MAX_VALUE) / PIECE_BYTES_MAX),
                1,
                Integer.MAX_VALUE);
        waiting = nanos -> {
            pause.pause(Duration.ofNanos(nanos));
            waitedNanos.add(nanos);
        };
    }

    /** Lets time go by. */
    @FunctionalInterface
    interface Pause {
        void pause(Duration duration) throws InterruptedException;
    }

    private static @Nullable Bucket bucket(OptionalLong perSecond, InstantSource clock) {
        return perSecond.isEmpty()
                ? null
                : Bucket.builder()
                        .addLimit(limit -> limit.capacity(perSecond.getAsLong())
                                .refillGreedy(perSecond.getAsLong(), Duration.ofSeconds(1)))
                        .withCustomTimePrecision(new Time(clock))
                        .build();
    }

    /** A clock as the buckets want it. */
    private record Time(InstantSource clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            var now = clock.instant();
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    /** Waits until one more request may be sent. */
    public void spendRequest() throws InterruptedException {
        if (requests != null) {
            requests.asBlocking().consume(1, waiting);
        }
        requestsSpent.increment();
    }

    /** Waits until so many bytes more may move. */
    public void spendBytes(int count) throws InterruptedException {
        bytesSpent.add(count);
        if (bytes != null) {
            for (var left = count; left > 0; left -= PIECE_BYTES_MAX) {
                bytes.asBlocking().consume(Math.min(left, PIECE_BYTES_MAX), waiting);
            }
        }
    }

    /**
     * How many operations may be in flight at once, from 1: so many that one second's worth keeps all of them going, and none
     * waits in its middle for longer than its connections bear.
     */
    public int operationsMax() {
        return operationsMax;
    }

    /** How many requests were sent. */
    public long requestsSpent() {
        return requestsSpent.sum();
    }

    /** How many bytes were moved. */
    public long bytesSpent() {
        return bytesSpent.sum();
    }

    /** How long work has waited, all waits together. */
    public Duration waited() {
        return Duration.ofNanos(waitedNanos.sum());
    }
}

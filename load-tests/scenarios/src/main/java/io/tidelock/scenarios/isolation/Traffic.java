package io.tidelock.scenarios.isolation;

import io.tidelock.scenarios.traffic.Content;
import io.tidelock.scenarios.traffic.ObjectWriter;
import io.tidelock.scenarios.traffic.Step.Attributes;
import io.tidelock.scenarios.traffic.Step.EncryptionWish;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** Writes versions of 4 KiB at a steady rate to keys that come back, until it is ended. */
final class Traffic {
    private static final int KEYS = 997;
    private static final int SIZE_BYTES = 4 * 1024;
    private static final int PUTS_IN_FLIGHT_MAX = 64;
    private static final Attributes PLAIN = new Attributes(
            Map.of("content-type", "application/octet-stream"),
            Map.of(),
            Map.of(),
            EncryptionWish.NOTHING,
            Optional.empty());

    private final ObjectWriter writer;
    private final long gapNanos;
    private final Semaphore inFlight = new Semaphore(PUTS_IN_FLIGHT_MAX);
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread pace;

    /**
     * Begins.
     *
     * @param perSecond how many versions, above 0
     */
    Traffic(S3Client source, double perSecond) {
        this.writer = new ObjectWriter(source, FourRegions.SOURCE, "");
        this.gapNanos = Math.round(Duration.ofSeconds(1).toNanos() / perSecond);
        this.pace = Thread.ofPlatform().name("traffic").start(this::write);
    }

    /** When a version comes late, as too many are under way, those after it do not make up for it. */
    private void write() {
        try (var puts = Executors.newVirtualThreadPerTaskExecutor()) {
            var next = System.nanoTime();
            for (var number = 0L; !over.get() && failure.get() == null; number++) {
                var one = number;
                inFlight.acquireUninterruptibly();
                var _ = puts.submit(() -> put(one));
                next = Math.max(next + gapNanos, System.nanoTime());
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private void put(long number) {
        try {
            writer.put("%03d/photo".formatted(number % KEYS), new Content(SIZE_BYTES, number), PLAIN);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        } finally {
            inFlight.release();
        }
    }

    /** Ends the traffic; when it returns, all that was begun is written. */
    void end() throws InterruptedException {
        over.set(true);
        pace.join();
        var failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a version could not be written", failed);
        }
    }
}

package io.tidelock.scenarios.traffic;

import io.tidelock.scenarios.traffic.Step.Attributes;
import io.tidelock.scenarios.traffic.Step.Copy;
import io.tidelock.scenarios.traffic.Step.Delete;
import io.tidelock.scenarios.traffic.Step.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes the changes of a plan, several at once, those of one key in their order. */
public final class TrafficWriter implements AutoCloseable {
    private static final int LANES = 8;
    private static final int STEPS_WAITING_MAX = 16;

    private final ObjectWriter objects;
    private final TrafficListener listener;
    private final List<ExecutorService> lanes = new ArrayList<>();
    private final LongAdder versions = new LongAdder();
    private final LongAdder markers = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    /**
     * Writes to one bucket.
     *
     * @param kmsKeyArn the key for puts that ask for SSE-KMS
     */
    public TrafficWriter(S3Client client, String bucket, String kmsKeyArn) {
        this(client, bucket, kmsKeyArn, TrafficListener.NONE);
    }

    /** Writes to one bucket and tells of each change that was made. */
    public TrafficWriter(S3Client client, String bucket, String kmsKeyArn, TrafficListener listener) {
        this.listener = listener;
        this.objects = new ObjectWriter(client, bucket, kmsKeyArn);
        for (int lane = 0; lane < LANES; lane++) {
            lanes.add(new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(STEPS_WAITING_MAX),
                    Thread.ofPlatform().daemon().name("traffic-" + lane).factory(),
                    TrafficWriter::waitForRoom));
        }
    }

    /**
     * Takes steps from the plan until as many versions as asked were begun, or until told to stop, and waits for all that was begun.
     *
     * @param versionsWanted how many puts and copies
     * @param perSecond how many steps a second at most, 0 for as many as go
     * @throws IllegalStateException with the step that failed
     */
    public void write(TrafficPlan plan, long versionsWanted, double perSecond, BooleanSupplier stopped)
            throws InterruptedException {
        var pace = new Pace(perSecond);
        var begun = 0L;
        while (begun < versionsWanted && !stopped.getAsBoolean() && failure.get() == null) {
            var step = plan.next();
            begun += step instanceof Delete ? 0 : 1;
            pace.await();
            lanes.get(Math.floorMod(step.orderedBy().hashCode(), LANES)).execute(() -> make(step));
        }
        close();
        for (var lane : lanes) {
            lane.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        }
        var failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    public TrafficCounts counts() {
        return new TrafficCounts(versions.sum(), markers.sum(), bytes.sum());
    }

    /** Takes no more steps; those begun go on. */
    @Override
    public void close() {
        lanes.forEach(ExecutorService::shutdown);
    }

    private void make(Step step) {
        if (failure.get() != null) {
            return;
        }
        try {
            switch (step) {
                case Put(String key, Content content, Attributes attributes) -> {
                    listener.put(key, objects.put(key, content, attributes), content);
                    bytes.add(content.sizeBytes());
                    versions.increment();
                }
                case Copy(String from, String key) -> {
                    listener.copied(from, key, objects.copy(from, key));
                    versions.increment();
                }
                case Delete(String key) -> {
                    listener.deleted(key, objects.delete(key));
                    markers.increment();
                }
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, new IllegalStateException(step + ": " + e.getMessage(), e));
        }
    }

    private static void waitForRoom(Runnable step, ThreadPoolExecutor lane) {
        try {
            lane.getQueue().put(step);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Spreads steps evenly over time. */
    private static final class Pace {
        private final long gapNanos;
        private long next = System.nanoTime();

        Pace(double perSecond) {
            gapNanos = perSecond > 0 ? (long) (TimeUnit.SECONDS.toNanos(1) / perSecond) : 0;
        }

        void await() {
            if (gapNanos > 0) {
                next = Math.max(next + gapNanos, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
                while (System.nanoTime() < next && !Thread.currentThread().isInterrupted()) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
        }
    }
}

package io.tidelock.scenarios.chaos;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells people what a run does or waits for, every few seconds, and what happened. Thread-safe. */
final class Progress implements AutoCloseable {
    private final Consumer<String> out;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());
    private volatile Supplier<String> stage = () -> "begins";

    /**
     * Tells from now on.
     *
     * @param out takes lines
     * @param every how often what is being done is told
     */
    Progress(Consumer<String> out, Duration every) {
        this.out = out;
        var _ = timer.scheduleAtFixedRate(() -> note(stage.get()), 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is being done from now on. */
    void stage(String what) {
        stage(() -> what);
    }

    /** What is being done from now on, with figures; asked on another thread. */
    void stage(Supplier<String> what) {
        stage = what;
    }

    /** Something that happened. */
    void note(String what) {
        out.accept("%5d s  %s"
                .formatted(Duration.ofNanos(System.nanoTime() - began).toSeconds(), what));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

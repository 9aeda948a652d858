package io.tidelock.deploy.command;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** How far a command has come, on standard error of a terminal; nowhere else. Thread-safe. */
final class Progress implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(500);

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * Begins at nothing.
     *
     * @param what is counted
     * @param total how much there is; negative when that is not known
     */
    static Progress of(String what, long total) {
        if (!isTerminal()) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(total)
                .setUpdateIntervalMillis((int) EVERY.toMillis())
                .showSpeed()
                .build());
    }

    @SuppressWarnings("SystemConsoleNull") // it still is where the JDK was told to have none
    private static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    /** One more is done. */
    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}

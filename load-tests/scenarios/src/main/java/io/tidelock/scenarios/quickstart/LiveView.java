package io.tidelock.scenarios.quickstart;

import io.tidelock.scenarios.watch.WatchSnapshot;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how the run goes: a table that redraws itself or a progress bar on a terminal, a line now and then elsewhere. Used by one
 * thread.
 */
final class LiveView implements AutoCloseable {
    private static final int LINE_EVERY = 5;

    private final PrintStream out;
    private final boolean terminal;
    private final @Nullable ProgressBar bar;
    private int shown;
    private int linesDrawn;
    private long arrivedBefore;

    /**
     * A view.
     *
     * @param goal how many changes are to be replicated, empty for no end
     */
    LiveView(PrintStream out, boolean terminal, Optional<Long> goal) {
        this.out = out;
        this.terminal = terminal;
        this.bar = terminal && goal.isPresent() ? bar(out, goal.get()) : null;
    }

    /** Shows the state; called about once a second. */
    void show(WatchSnapshot state, long failures, Duration elapsed) {
        if (bar != null) {
            bar.maxHint(Math.max(bar.getMax(), state.written()));
            bar.stepTo(state.arrived());
            bar.setExtraMessage(" lag p99 " + seconds(state.lag99()) + ", " + failures + " failed");
        } else if (terminal) {
            var table = table(state, failures, elapsed);
            out.print((linesDrawn == 0 ? "" : "\033[%dA\033[J".formatted(linesDrawn)) + table);
            out.flush();
            linesDrawn = (int) table.lines().count();
        } else if (shown % LINE_EVERY == 0) {
            out.println(line(state, failures, elapsed));
        }
        shown++;
        arrivedBefore = state.arrived();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private String table(WatchSnapshot state, long failures, Duration elapsed) {
        return "%-12s %14s %14s %14s%n".formatted("", "Paris", "Frankfurt", "pending")
                + "%-12s %14d %14d %14d%n".formatted("objects", state.written(), state.arrived(), state.pending())
                + "%-12s %14s %14s %14s%n"
                        .formatted(
                                "bytes",
                                ByteSize.text(state.writtenBytes()),
                                ByteSize.text(state.arrivedBytes()),
                                ByteSize.text(state.writtenBytes() - state.arrivedBytes()))
                + "%-12s %14s %14s %14s%n"
                        .formatted(
                                "lag",
                                "p50 " + seconds(state.lagMedian()),
                                "p99 " + seconds(state.lag99()),
                                "oldest " + seconds(state.oldestPending()))
                + "%-12s %14d %14s %14s%n"
                        .formatted(
                                "failures",
                                failures,
                                (state.arrived() - arrivedBefore) + "/s",
                                "after " + elapsed.toSeconds() + " s");
    }

    private static String line(WatchSnapshot state, long failures, Duration elapsed) {
        return String.format(
                Locale.ROOT,
                "%4d s: %d written, %d replicated (%s), %d pending, lag p50 %s p99 %s, %d failed",
                elapsed.toSeconds(),
                state.written(),
                state.arrived(),
                ByteSize.text(state.arrivedBytes()),
                state.pending(),
                seconds(state.lagMedian()),
                seconds(state.lag99()),
                failures);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1_000.0);
    }

    private static ProgressBar bar(PrintStream out, long goal) {
        return new ProgressBarBuilder()
                .setTaskName("replicated")
                .setInitialMax(goal)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build();
    }
}

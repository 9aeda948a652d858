package io.tidelock.scenarios.bench;

import io.tidelock.scenarios.service.Memory;
import io.tidelock.scenarios.service.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures {@code tidelock assess} on generated snapshots: processor time, memory, and whether both grow as they should. */
@Command(
        name = "load-tests/assessment",
        description = "Measures tidelock assess on generated snapshots. Nothing is asserted.")
public final class Assessing implements Callable<Integer> {
    private static final long SEED = 20261123;
    private static final long SAMPLE_MS = 20;
    private static final int ERROR = 1;

    @Option(
            names = "--counts",
            split = ",",
            paramLabel = "N",
            description = "How many snapshots, one run each (default: ${DEFAULT-VALUE}).")
    private List<Integer> counts = List.of(1_000, 5_000, 10_000);

    @Option(names = "--options", paramLabel = "OPTIONS", description = "JVM options (default: ${DEFAULT-VALUE}).")
    private String options = "-Xmx256m";

    @Option(names = "--help", usageHelp = true, description = "Show this help and end.")
    @SuppressWarnings("unused") // picocli sets it and acts on it
    private boolean help;

    /** What one run took. */
    private record Figures(int exit, Duration processor, Duration elapsed, long peakBytes) {}

    /** Exits 0, or 1 when a snapshot was not understood. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Assessing()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.out.println("| snapshots | MB read | processor s | ms a snapshot | elapsed s | peak resident MB |");
        System.out.println("|---|---|---|---|---|---|");
        for (int count : counts) {
            try (var directory = TemporaryDirectory.create("tidelock-assessment", false)) {
                long bytes = new GeneratedSnapshots(SEED).write(directory.path(), count);
                Figures figures = assess(directory.path());
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %.1f | %.1f | %.2f | %.1f | %d |%n",
                        count,
                        bytes / 1e6,
                        seconds(figures.processor()),
                        seconds(figures.processor()) * 1000 / count,
                        seconds(figures.elapsed()),
                        figures.peakBytes() >> 20);
                if (figures.exit() == ERROR) {
                    return ERROR;
                }
            }
        }
        return 0;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private Figures assess(Path directory) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "io.tidelock.deploy.Tidelock",
                "assess",
                "--snapshot",
                directory.toString(),
                "--format",
                "json"));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var processor = Duration.ZERO;
        long peakBytes = 0;
        do {
            processor = process.info().totalCpuDuration().orElse(processor);
            peakBytes = Math.max(peakBytes, peak(process));
        } while (!process.waitFor(SAMPLE_MS, TimeUnit.MILLISECONDS));
        return new Figures(process.exitValue(), processor, Duration.ofNanos(System.nanoTime() - start), peakBytes);
    }

    /** The most that it held so far; 0 once it has ended, as then nothing is told any more. */
    private static long peak(Process process) {
        try {
            return Memory.of(process.pid()).peakBytes();
        } catch (IOException _) {
            return 0;
        }
    }
}

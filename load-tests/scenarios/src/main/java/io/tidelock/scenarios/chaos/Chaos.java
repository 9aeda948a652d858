package io.tidelock.scenarios.chaos;

import io.tidelock.scenarios.service.TemporaryDirectory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Several instances under traffic and faults; exits 1 when a promise was broken. */
@Command(
        name = "load-tests/chaos",
        mixinStandardHelpOptions = true,
        description = "Lets three instances replicate under a seeded schedule of faults, then compares every version of"
                + " both sides with what was written.")
public final class Chaos implements Callable<Integer> {
    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "Minutes of traffic and faults (default: ${DEFAULT-VALUE}).")
    private double minutes = 20;

    @Option(names = "--objects", paramLabel = "N", description = "Versions to write (default: ${DEFAULT-VALUE}).")
    private long objects = 50_000;

    @Option(names = "--incidents", paramLabel = "N", description = "Faults to inject (default: ${DEFAULT-VALUE}).")
    private int incidents = 76;

    @Option(names = "--incident-max", paramLabel = "S", description = "Seconds at most (default: ${DEFAULT-VALUE}).")
    private int incidentMaxSeconds = 20;

    @Option(names = "--instances", paramLabel = "N", description = "Instances (default: ${DEFAULT-VALUE}).")
    private int instances = 3;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Decides traffic and faults (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--service-options",
            paramLabel = "OPTIONS",
            description = "JVM options of each instance (default: ${DEFAULT-VALUE}).")
    private String serviceOptions = "-Xmx256m";

    @Option(
            names = "--kinds",
            split = ",",
            paramLabel = "KIND",
            description = "What may go wrong (default: all that this machine can do).")
    private List<FaultKind> kinds = FaultKind.possible();

    @Option(
            names = "--keep",
            description = "Keep the directory with the instances' logs, as is done where something is wrong.")
    private boolean keep;

    public static void main(String[] arguments) {
        var command = new CommandLine(new Chaos());
        System.exit(command.setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var directory = TemporaryDirectory.create("tidelock-chaos-", true).path();
        System.out.println(directory);
        var report = ChaosRun.run(
                new ChaosOptions(
                        Duration.ofMillis(Math.round(minutes * 60_000)),
                        objects,
                        incidents,
                        Duration.ofSeconds(incidentMaxSeconds),
                        instances,
                        seed,
                        Stream.of(serviceOptions.split(" "))
                                .filter(option -> !option.isBlank())
                                .toList(),
                        kinds,
                        Duration.ofMinutes(10)),
                directory,
                System.out::println);
        System.out.print(report.text());
        var kept = !report.wrong().isEmpty() || keep;
        new TemporaryDirectory(directory, kept).close();
        return report.wrong().isEmpty() ? 0 : 1;
    }
}

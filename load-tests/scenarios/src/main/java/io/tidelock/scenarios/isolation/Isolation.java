package io.tidelock.scenarios.isolation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.scenarios.service.FreePort;
import io.tidelock.scenarios.service.ServiceCommand;
import io.tidelock.scenarios.service.ServiceProcess;
import io.tidelock.scenarios.service.TemporaryDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how far a destination that hangs, is slow or is down slows down those beside it (promise P5). */
@Command(
        name = "load-tests/isolation",
        description = {
            "Replicates one bucket to three regions, lets one of them hang, be slow or be down in turn with quiet,",
            "and compares the lags of the other two with those of the quiet before.",
            "Exits 1 when the median ratio of their 99th percentiles exceeds --ratio-max for any of these, when the"
                    + " struck one does not catch up, or when any side differs at the end."
        })
public final class Isolation implements Callable<Integer> {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);

    @Option(
            names = "--strikes",
            split = ",",
            paramLabel = "STRIKE",
            description = "What befalls it: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Strike> strikes = List.of(Strike.values());

    @Option(names = "--rounds", paramLabel = "N", description = "How often each of them (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long it is quiet, and how long it is struck (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Seconds of traffic before all that (default: ${DEFAULT-VALUE}).")
    private int warmUp = 60;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Versions of 4 KiB a second, each of which goes to three (default: ${DEFAULT-VALUE}).")
    private double rate = 40;

    @Option(
            names = "--ratio-max",
            paramLabel = "R",
            description = "The most that the 99th percentile may be times that of before (default: ${DEFAULT-VALUE}).")
    private double ratioMax = 1.3;

    @Option(
            names = "--service-options",
            paramLabel = "OPTIONS",
            description = "JVM options (default: ${DEFAULT-VALUE}).")
    private String serviceOptions = "-Xmx256m";

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "Show this help and end.")
    @SuppressWarnings("unused") // picocli sets it and acts on it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs the command and ends the JVM. */
    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    /** The command line as people meet it. */
    static CommandLine command() {
        return new CommandLine(new Isolation()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws Exception {
        atLeastOne("--rounds", rounds);
        atLeastOne("--seconds", seconds);
        atLeastOne("--warm-up", warmUp);
        atLeastOne("--rate", rate);
        try (var directory = TemporaryDirectory.create("tidelock-isolation-", false)) {
            return measured(directory.path());
        }
    }

    private int measured(Path directory) throws Exception {
        var httpPort = FreePort.find();
        try (var sandbox = FourRegions.start();
                var service = ServiceProcess.start(
                        ServiceCommand.found(Stream.of(serviceOptions.split(" "))
                                .filter(option -> !option.isBlank())
                                .toList()),
                        FourRegions.write(sandbox, httpPort, directory),
                        FourRegions.environment(sandbox),
                        httpPort,
                        directory)) {
            service.awaitReady(READY_LIMIT);
            var report = new IsolationRun(sandbox, service, Duration.ofSeconds(seconds), rate)
                    .run(strikes, rounds, Duration.ofSeconds(warmUp));
            var out = spec.commandLine().getOut();
            print(report, out);
            out.flush();
            return report.wrong(ratioMax).isEmpty() ? 0 : 1;
        }
    }

    private void print(IsolationReport report, PrintWriter out) {
        if (json) {
            out.println(
                    report.json(new ObjectMapper().createObjectNode(), ratioMax).toPrettyString());
        } else {
            out.print(report.text(ratioMax));
        }
    }

    private void atLeastOne(String option, double value) {
        if (!(value >= 1)) {
            throw new CommandLine.ParameterException(spec.commandLine(), option + " must be at least 1, was " + value);
        }
    }
}

package io.tidelock.scenarios.quickstart;

import io.tidelock.scenarios.service.ServiceCommand;
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the quickstart. */
@Command(
        name = "deploy/quickstart",
        sortOptions = false,
        description =
                "Starts a world on this machine (Kafka, two regions of S3, two accounts, KMS keys) and Tidelock beside it,"
                        + " writes real traffic to Paris and shows it being replicated to Frankfurt.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:both sides are the same",
            "1:both sides differ, or not everything was replicated",
            "2:the command line is wrong, or something did not start"
        })
public final class Quickstart implements Callable<Integer> {
    static final int SAME = 0;
    static final int DIFFERENT = 1;
    static final int NOT_RUN = 2;
    private static final List<String> SERVICE_OPTIONS = List.of("-Xmx512m");

    private final ServiceCommand service;
    private final PrintStream out;
    private final PrintStream progress;
    private final boolean terminal;

    @Mixin
    private QuickstartOptions options = new QuickstartOptions();

    @Option(names = "--help", usageHelp = true, description = "Show this help and end.")
    @SuppressWarnings("unused") // picocli sets it and acts on it
    private boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Quickstart(ServiceCommand service, PrintStream out, PrintStream progress, boolean terminal) {
        this.service = service;
        this.out = out;
        this.progress = progress;
        this.terminal = terminal;
    }

    /** Runs the quickstart and ends the JVM with its exit code. */
    @SuppressWarnings("SystemExitOutsideMain") // this is main
    public static void main(String[] arguments) {
        var terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        System.exit(commandLine(ServiceCommand.found(SERVICE_OPTIONS), System.out, System.err, terminal)
                .execute(arguments));
    }

    static CommandLine commandLine(ServiceCommand service, PrintStream out, PrintStream progress, boolean terminal) {
        return new CommandLine(new Quickstart(service, out, progress, terminal))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, _, _) -> {
                    progress.println("The quickstart ended: " + failure.getMessage());
                    return NOT_RUN;
                });
    }

    @Override
    public Integer call() throws Exception {
        options.problem().ifPresent(problem -> {
            throw new ParameterException(spec.commandLine(), problem);
        });
        try (var resources = new Resources()) {
            var hook = Thread.ofPlatform().name("quickstart-end").unstarted(resources::close);
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                return run(resources);
            } finally {
                if (!resources.closing()) {
                    Runtime.getRuntime().removeShutdownHook(hook);
                }
            }
        }
    }

    private int run(Resources resources) throws Exception {
        try {
            var run = QuickstartRun.start(options, resources, service, progress);
            boolean complete;
            try (var view = new LiveView(progress, terminal, options.objects())) {
                complete = run.replicate(view);
            }
            return options.objects().isPresent() && !resources.closing() ? finish(run, complete) : SAME;
        } catch (Exception failed) {
            if (resources.closing()) {
                return NOT_RUN;
            }
            throw failed;
        }
    }

    private int finish(QuickstartRun run, boolean complete) throws Exception {
        if (!complete) {
            progress.println(run.whyIncomplete());
        }
        progress.println("Checking every key and version on both sides ...");
        var summary = run.check();
        out.print(options.json() ? summary.json() + System.lineSeparator() : summary.text());
        out.flush();
        return summary.same() && complete ? SAME : DIFFERENT;
    }
}

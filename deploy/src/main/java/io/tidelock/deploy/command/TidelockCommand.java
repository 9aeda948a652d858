package io.tidelock.deploy.command;

import io.tidelock.deploy.text.PlainText;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command that all subcommands hang on. */
@Command(
        name = "tidelock",
        description = "Replicates objects between S3 stores as their buckets report events, and proves it.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            IamCommand.class,
            SnapshotCommand.class,
            ExplainCommand.class,
            PlanCommand.class,
            ResyncCommand.class,
            DeadLettersCommand.class,
            ParkedCommand.class,
            UploadsCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.OK + ":all went well, and nothing is missing",
            ExitCode.ERROR + ":the command could not do its work: wrong arguments, wrong configuration, a failure",
            ExitCode.FINDINGS + ":the command did its work and found something that needs a person"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock check --config tidelock.yaml     what is missing before anything can be replicated",
            "  tidelock run --config tidelock.yaml       replicate until stopped",
            "  tidelock iam --config tidelock.yaml       the least privilege that it needs",
            "  tidelock help run                         more about one command"
        })
public final class TidelockCommand implements Runnable {
    // picocli sets it before the command is called
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** The command line with all subcommands; prints to the given writers. */
    public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new TidelockCommand())
                .addSubcommand(new CommandLine.HelpCommand())
                .addSubcommand(new AssessCommand())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, _) -> {
                    var command = wrong.getCommandLine();
                    command.getErr().println(PlainText.lines(command.getCommandName() + ": " + wrong.getMessage()));
                    UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
                    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
                    return ExitCode.ERROR;
                })
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println(PlainText.lines("tidelock: " + failure.getMessage()));
                    return ExitCode.ERROR;
                });
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}

package io.tidelock.deploy.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidelock dead-letters}: what could not be read or done, and how it is told again. */
@Command(
        name = "dead-letters",
        description = {
            "Records that could not be read and operations that failed are kept byte for byte, each with its reason.",
            "When the cause is gone, they are redriven: their events are told again, and every rule looks again."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DeadLettersListCommand.class, DeadLettersShowCommand.class, DeadLettersRedriveCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock dead-letters list --config tidelock.yaml",
            "  tidelock dead-letters show --config tidelock.yaml 3@1042",
            "  tidelock dead-letters redrive --config tidelock.yaml --reason DstKmsKeyNotFound --dry-run"
        })
final class DeadLettersCommand implements Runnable {
    // picocli sets it before the command is called
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}

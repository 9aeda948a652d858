package io.tidelock.deploy.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidelock parked}: work whose destination cannot take it now. */
@Command(
        name = "parked",
        description = "Work whose destination cannot take it now is set aside, and done in order as soon as it can.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ParkedListCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock parked list --config tidelock.yaml",
            "  tidelock parked list --config tidelock.yaml --format json | jq '.destinations[] | {destination, operations}'"
        })
final class ParkedCommand implements Runnable {
    // picocli sets it before the command is called
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}

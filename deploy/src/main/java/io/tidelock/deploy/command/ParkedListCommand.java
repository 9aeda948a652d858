package io.tidelock.deploy.command;

import io.tidelock.deploy.letter.ParkedList;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidelock parked list}: how much is parked for which destination, and since when. */
@Command(
        name = "list",
        description = "Counts parked operations by destination and reason, with the age of the oldest of each.",
        exitCodeList = {
            ExitCode.OK + ":counted; parked work needs no person",
            ExitCode.ERROR + ":the configuration or an argument is wrong, or Kafka failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock parked list --config tidelock.yaml",
            "  tidelock parked list --config tidelock.yaml --format json | jq .parked"
        })
final class ParkedListCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "How the result is printed: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TABLE;

    // picocli sets it before the command is called
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var loaded = config.loadOrExplain(spec.commandLine().getErr());
        if (loaded.isEmpty()) {
            return ExitCode.ERROR;
        }
        var list = ParkedList.read(loaded.get(), Instant.now());
        var out = spec.commandLine().getOut();
        out.print(
                switch (format) {
                    case TABLE -> list.table();
                    case JSON -> list.json().toPrettyString() + System.lineSeparator();
                });
        out.flush();
        return ExitCode.OK;
    }
}

package io.tidelock.deploy.command;

import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.letter.LetterBox;
import io.tidelock.deploy.letter.LetterList;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidelock dead-letters list}: how many there are for which reason, and the newest of them. */
@Command(
        name = "list",
        description =
                "Counts dead letters by reason, each with its remedy, and lists the newest that were not redriven.",
        exitCodeList = {
            ExitCode.OK + ":none waits to be redriven",
            ExitCode.ERROR + ":the configuration or an argument is wrong, or Kafka failed",
            ExitCode.FINDINGS + ":some wait to be redriven"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock dead-letters list --config tidelock.yaml --since 12h",
            "  tidelock dead-letters list --config tidelock.yaml --format json | jq '.reasons[] | {reason, waiting}'"
        })
final class DeadLettersListCommand implements Callable<Integer> {
    private static final int LIMIT_MAX = 100_000;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Mixin
    private final LetterSelection selection = new LetterSelection();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many are listed at most; all are counted. Default: ${DEFAULT-VALUE}.")
    private int limit;

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
        if (limit < 0 || limit > LIMIT_MAX) {
            throw new ParameterException(
                    spec.commandLine(), "--limit must be between 0 and " + LIMIT_MAX + ", was " + limit);
        }
        var loaded = config.loadOrExplain(spec.commandLine().getErr());
        return loaded.isEmpty() ? ExitCode.ERROR : list(loaded.get());
    }

    private int list(TidelockConfig settings) {
        var list = new LetterList(limit);
        try (var box = new LetterBox(settings)) {
            box.each(selection.filter(Set.of()), list::add);
            list.foreign(box.foreign());
        }
        var out = spec.commandLine().getOut();
        out.print(
                switch (format) {
                    case TABLE -> list.table();
                    case JSON -> list.json().toPrettyString() + System.lineSeparator();
                });
        out.flush();
        return list.waiting() == 0 ? ExitCode.OK : ExitCode.FINDINGS;
    }
}

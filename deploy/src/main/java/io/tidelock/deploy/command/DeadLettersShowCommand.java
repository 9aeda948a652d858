package io.tidelock.deploy.command;

import io.tidelock.deploy.letter.FoundLetter;
import io.tidelock.deploy.letter.LetterBox;
import io.tidelock.deploy.letter.LetterFilter;
import io.tidelock.deploy.letter.LetterSheet;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidelock dead-letters show}: one of them, with its exact bytes. */
@Command(
        name = "show",
        description = {
            "Shows one dead letter: why and where, what can be done, and the exact bytes of its record.",
            "Bytes that are no printable text are shown as hexadecimal; JSON has them in base64, too."
        },
        exitCodeList = {
            ExitCode.OK + ":shown",
            ExitCode.ERROR + ":the configuration or an argument is wrong, or Kafka failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock dead-letters show --config tidelock.yaml 3@1042",
            "  tidelock dead-letters show --config tidelock.yaml 3@1042 --format json | jq -r .value.base64 | base64 -d"
        })
final class DeadLettersShowCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "ID", converter = LetterIds.class, description = "The dead letter, as 'list' names it.")
    private String id = "";

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
        var found = new ArrayList<FoundLetter>(1);
        try (var box = new LetterBox(loaded.get())) {
            box.each(LetterFilter.of(Set.of(id)), found::add);
        }
        if (found.isEmpty()) {
            throw LetterIds.unknown(spec.commandLine(), Set.of(id));
        }
        var out = spec.commandLine().getOut();
        out.print(
                switch (format) {
                    case TABLE -> LetterSheet.text(found.getFirst());
                    case JSON -> LetterSheet.json(found.getFirst()).toPrettyString() + System.lineSeparator();
                });
        out.flush();
        return ExitCode.OK;
    }
}

package io.tidelock.deploy.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.letter.LetterBox;
import io.tidelock.deploy.letter.LetterFilter;
import io.tidelock.deploy.letter.Redrive;
import io.tidelock.deploy.text.Counted;
import io.tidelock.deploy.text.PlainText;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidelock dead-letters redrive}: their events are told again. */
@Command(
        name = "redrive",
        description = {
            "Tells the events of dead letters again: those of failed operations as they were, unreadable records as"
                    + " their source is configured now. Every rule of the bucket looks at them; what is in place is left"
                    + " alone.",
            "Each dead letter is redriven once, wherever the command breaks off and however often it is run; what fails"
                    + " again is another one. What still cannot be read stays."
        },
        exitCodeList = {
            ExitCode.OK + ":all that were meant are redriven, or would be",
            ExitCode.ERROR + ":the configuration or an argument is wrong, or Kafka failed; run it again to go on",
            ExitCode.FINDINGS + ":some still cannot be read"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock dead-letters redrive --config tidelock.yaml --reason DstKmsKeyNotFound --dry-run",
            "  tidelock dead-letters redrive --config tidelock.yaml --prefix invoices/ --since 12h",
            "  tidelock dead-letters redrive --config tidelock.yaml 3@1042 0@17"
        })
final class DeadLettersRedriveCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Mixin
    private final LetterSelection selection = new LetterSelection();

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description =
                    "Only these dead letters, as 'list' names them; nothing is done unless there are all. Default: all.")
    private Set<String> ids = new HashSet<>();

    @Option(names = "--dry-run", description = "Only count.")
    private boolean dryRun;

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
        LetterIds.require(spec.commandLine(), ids);
        var loaded = config.loadOrExplain(spec.commandLine().getErr());
        if (loaded.isEmpty()) {
            return ExitCode.ERROR;
        }
        requireAll(loaded.get());
        var redrive = new Redrive(loaded.get());
        var filter = selection.filter(ids);
        var result = dryRun ? redrive.counted(filter) : redrive.run(filter);
        var out = spec.commandLine().getOut();
        out.print(
                switch (format) {
                    case TABLE -> table(result);
                    case JSON -> json(result);
                });
        out.flush();
        return result.unreadable() == 0 ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private void requireAll(TidelockConfig settings) {
        if (ids.isEmpty()) {
            return;
        }
        var missing = new TreeSet<>(ids);
        try (var box = new LetterBox(settings)) {
            box.each(
                    LetterFilter.of(ids), found -> missing.remove(found.letter().id()));
        }
        if (!missing.isEmpty()) {
            throw LetterIds.unknown(spec.commandLine(), missing);
        }
    }

    private String table(Redrive.Result result) {
        var text = new StringBuilder("%s %s, %s%n"
                .formatted(
                        Counted.of(result.letters(), "dead letter"),
                        dryRun ? "to redrive" : "redriven",
                        Counted.of(result.events(), "event")));
        if (result.before() > 0) {
            text.append("%d %s redriven before%n".formatted(result.before(), result.before() == 1 ? "was" : "were"));
        }
        if (result.unreadable() > 0) {
            text.append("%d still cannot be read%n".formatted(result.unreadable()));
            result.reasons()
                    .forEach((reason, example) -> text.append("  %s %s%n".formatted(reason, PlainText.line(example))));
        }
        return text.toString();
    }

    private String json(Redrive.Result result) {
        var mapper = new ObjectMapper();
        var root = mapper.createObjectNode()
                .put("dryRun", dryRun)
                .put("redriven", result.letters())
                .put("events", result.events())
                .put("redrivenBefore", result.before())
                .put("stillUnreadable", result.unreadable());
        root.set("reasons", mapper.valueToTree(result.reasons()));
        return root.toPrettyString() + System.lineSeparator();
    }
}

package io.tidelock.deploy.command;

import io.tidelock.deploy.explain.Explainer;
import io.tidelock.deploy.explain.ExplanationJson;
import io.tidelock.deploy.explain.ExplanationTable;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.VersionId;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidelock explain}: everything about one object. */
@Command(
        name = "explain",
        description = {
            "Says of one object what both sides hold now, which rules match and why, what Tidelock would do and why not,"
                    + " and what it did. Changes nothing.",
            "What it did is read from the end of the outcomes topic, within bounds."
        },
        exitCodeList = {
            ExitCode.OK + ":explained; nothing needs a person",
            ExitCode.ERROR + ":the configuration or an argument is wrong",
            ExitCode.FINDINGS + ":explained; something would fail, and the remedy is said"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock explain --config tidelock.yaml photos cats/1.jpg",
            "  tidelock explain --config tidelock.yaml paris/photos cats/1.jpg 3HL4kqtJvjVBH40Nrjfkd",
            "  tidelock explain --config tidelock.yaml photos cats/1.jpg --json | jq '.destinations[].answers'"
        })
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(index = "0", paramLabel = "BUCKET", description = "A source bucket, as BUCKET or STORE/BUCKET.")
    private String bucket = "";

    @Parameters(index = "1", paramLabel = "KEY", description = "The object's key, as it is: nothing is decoded.")
    private String key = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "The version's id. Default: what stands on top.")
    private @Nullable String version;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    // picocli sets it before the command is called
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (key.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "KEY must not be empty");
        }
        var loaded = config.loadOrExplain(spec.commandLine().getErr());
        return loaded.isEmpty()
                ? ExitCode.ERROR
                : Explaining.with(
                        loaded.get(), this::isAsked, spec.commandLine().getErr(), this::explain);
    }

    private int explain(Explainer explainer) {
        var explanation =
                explainer.of(new ObjectKey(source(explainer), key), version == null ? null : VersionId.of(version));
        var out = spec.commandLine().getOut();
        out.print(
                json
                        ? ExplanationJson.of(explanation).toPrettyString() + System.lineSeparator()
                        : ExplanationTable.of(explanation));
        out.flush();
        return explanation.needsPerson() ? ExitCode.FINDINGS : ExitCode.OK;
    }

    private boolean isAsked(Bucket source) {
        return source.name().equals(bucket) || source.toString().equals(bucket);
    }

    private Bucket source(Explainer explainer) {
        var found = explainer.sources().stream().filter(this::isAsked).toList();
        if (found.size() != 1) {
            var all = explainer.sources().stream().map(Bucket::toString).collect(Collectors.joining(", "));
            throw new ParameterException(
                    spec.commandLine(),
                    "BUCKET " + bucket + ": "
                            + (found.isEmpty() ? "is no source bucket of the configuration" : "is in several stores")
                            + "; it has " + all);
        }
        return found.getFirst();
    }
}

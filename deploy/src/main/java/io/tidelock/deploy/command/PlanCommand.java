package io.tidelock.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.explain.Explainer;
import io.tidelock.deploy.explain.Explanation;
import io.tidelock.deploy.explain.ExplanationJson;
import io.tidelock.deploy.explain.ExplanationTable;
import io.tidelock.deploy.text.PlainText;
import io.tidelock.domain.BucketEvent;
import io.tidelock.ingest.IngestConfig;
import io.tidelock.ingest.decode.Decoded;
import io.tidelock.ingest.decode.EventDecoder;
import io.tidelock.ingest.handoff.EventCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidelock plan}: what an event would lead to. */
@Command(
        name = "plan",
        description = {
            "Says what the events of a file would lead to now, rule by rule, and why. Changes nothing, and writes nothing to"
                    + " Kafka.",
            "The file holds one notification as a source delivers it, in any envelope, or one record of Tidelock's events"
                    + " topic."
        },
        exitCodeList = {
            ExitCode.OK + ":planned; nothing needs a person",
            ExitCode.ERROR + ":the configuration or the file is wrong",
            ExitCode.FINDINGS + ":planned; something would fail, and the remedy is said"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock plan --config tidelock.yaml --event notification.json",
            "  tidelock plan --config tidelock.yaml --event notification.json --source paris-events --json",
            "  kafka-console-consumer --topic tidelock.events --max-messages 1 ... | tidelock plan --config tidelock.yaml --event -"
        })
final class PlanCommand implements Callable<Integer> {
    private static final int EVENT_BYTES_MAX = 16 << 20;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--event",
            required = true,
            paramLabel = "FILE|-",
            description = "The file, or - for standard input.")
    private String event = "-";

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description =
                    "The source of the configuration that delivered it, which says the store and the format. Default: the only one.")
    private @Nullable String source;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    // picocli sets it before the command is called
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var loaded = config.loadOrExplain(spec.commandLine().getErr());
        if (loaded.isEmpty()) {
            return ExitCode.ERROR;
        }
        var events = events(loaded.get(), bytes());
        return Explaining.with(
                loaded.get(),
                source -> events.stream()
                        .anyMatch(event -> event.object().bucket().equals(source)),
                spec.commandLine().getErr(),
                explainer -> plan(explainer, events));
    }

    private int plan(Explainer explainer, List<BucketEvent> events) {
        var explanations = events.stream().map(explainer::of).toList();
        var out = spec.commandLine().getOut();
        if (json) {
            var array = JsonNodeFactory.instance.arrayNode();
            explanations.forEach(explanation -> array.add(ExplanationJson.of(explanation)));
            out.println(array.toPrettyString());
        } else {
            out.print(explanations.stream().map(ExplanationTable::of).collect(Collectors.joining("\n")));
        }
        out.flush();
        return explanations.stream().anyMatch(Explanation::needsPerson) ? ExitCode.FINDINGS : ExitCode.OK;
    }

    private byte[] bytes() throws IOException {
        if (event.equals("-")) {
            return bounded(System.in);
        }
        var file = Path.of(event);
        if (Files.isDirectory(file)) {
            throw wrong("is a directory; name a file that holds an event");
        }
        try (var in = Files.newInputStream(file)) {
            return bounded(in);
        } catch (NoSuchFileException e) {
            throw wrong("there is no such file");
        } catch (AccessDeniedException e) {
            throw wrong("may not be read by this user");
        }
    }

    /** All that is there, or a refusal; what is told of a size is not believed, as pipes and devices tell none. */
    private byte[] bounded(InputStream in) throws IOException {
        var bytes = in.readNBytes(EVENT_BYTES_MAX + 1);
        if (bytes.length > EVENT_BYTES_MAX) {
            throw wrong("is larger than " + EVENT_BYTES_MAX + " bytes");
        }
        return bytes;
    }

    private List<BucketEvent> events(TidelockConfig settings, byte[] bytes) {
        if (EventCodec.decode(bytes) instanceof EventCodec.Event(var own)) {
            return List.of(own);
        }
        var from = source(settings);
        return switch (EventDecoder.of(from.format(), from.store()).decode(bytes)) {
            case Decoded.Malformed malformed ->
                throw wrong("is no notification of the source " + from.name() + ": " + malformed.detail());
            case Decoded.Ignored ignored -> throw wrong("holds no event by its nature: " + ignored.reason());
            case Decoded.Events decoded -> {
                decoded.flawed()
                        .forEach(flawed -> spec.commandLine()
                                .getErr()
                                .println(PlainText.line("--event " + event + ": " + flawed.path() + " cannot be read: "
                                        + flawed.detail())));
                if (decoded.events().isEmpty()) {
                    throw wrong("holds no event that concerns replication");
                }
                yield new ArrayList<>(decoded.events());
            }
        };
    }

    private IngestConfig.Source source(TidelockConfig settings) {
        var sources = settings.ingest().sources();
        var found = sources.stream()
                .filter(one -> source == null || one.name().equals(source))
                .toList();
        if (found.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--source: name one of "
                            + sources.stream().map(IngestConfig.Source::name).toList());
        }
        return found.getFirst();
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), "--event " + event + ": " + what);
    }
}

package io.tidelock.deploy.command;

import io.tidelock.compliance.control.Control;
import io.tidelock.compliance.control.ControlCatalog;
import io.tidelock.compliance.report.Assessment;
import io.tidelock.compliance.report.AssessmentFormat;
import io.tidelock.compliance.report.JsonLines;
import io.tidelock.compliance.report.Sarif;
import io.tidelock.compliance.report.VerdictTable;
import io.tidelock.deploy.text.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidelock assess}: verdicts on exported documents, without reaching anything. */
@Command(
        name = "assess",
        description = {
            "Says of exported bucket documents what they really allow, control by control. Reaches nothing.",
            "A document that is absent or could not be read makes its controls unknown, never compliant."
        },
        exitCodeList = {
            ExitCode.OK + ":no control is violated, and all were decided",
            ExitCode.ERROR + ":a snapshot, or a part of one, was not understood; the rest was assessed",
            ExitCode.FINDINGS + ":at least one control is violated",
            AssessCommand.UNKNOWNS + ":none is violated, but some could not be decided"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock assess --snapshot bucket.json",
            "  tidelock assess --snapshot exports/ --format json | jq 'select(.verdicts[\"bucket-public\"].verdict==\"VIOLATION\")'",
            "  tidelock assess --snapshot - --format sarif < bucket.json > tidelock.sarif"
        })
final class AssessCommand implements Callable<Integer> {
    /** Nothing is violated, but something could not be decided. */
    static final int UNKNOWNS = 3;

    @Option(
            names = "--snapshot",
            required = true,
            paramLabel = "FILE|DIR|-",
            description =
                    "A snapshot, a directory of them (*.json, at any depth), or - for standard input, one a line.")
    private String snapshot = "-";

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "How verdicts are printed: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TABLE;

    @Option(
            names = "--control",
            paramLabel = "ID",
            description = "Ask only this control; may be repeated. Elective controls count only when asked so.")
    private final List<String> chosen = new ArrayList<>();

    @Option(names = "--all", description = "Show verdicts in the table that need nobody, too.")
    private boolean all;

    // picocli sets it before the command is called
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var controls = controls();
        var writer = writer();
        var tally = new Tally();
        var clock = InstantSource.system();
        if (!snapshot.equals("-") && Files.notExists(Path.of(snapshot))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--snapshot " + snapshot
                            + ": there is no such file or directory; 'tidelock snapshot --out DIR' makes one");
        }
        out.print(writer.opening());
        new SnapshotSource(snapshot, System.in).forEach(read -> {
            var assessment = Assessment.of(read, controls, clock.instant());
            assessment
                    .problems()
                    .forEach(problem -> err.println(PlainText.line(assessment.snapshot() + ": " + problem)));
            var text = writer.assessment(assessment);
            out.print(format == Format.TABLE ? PlainText.lines(text) : text);
            tally.add(assessment);
        });
        if (tally.snapshots == 0) {
            err.println("--snapshot " + snapshot + ": the directory holds no .json file");
            tally.problems++;
        }
        out.print(writer.closing());
        out.flush();
        err.flush();
        return tally.exitCode();
    }

    private List<Control> controls() {
        return chosen.stream()
                .map(id -> ControlCatalog.all()
                        .find(id)
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(), "--control " + id + ": there is no control of this id")))
                .toList();
    }

    private AssessmentFormat writer() throws IOException {
        return switch (format) {
            case TABLE -> new VerdictTable(all);
            case JSON -> new JsonLines();
            case SARIF -> new Sarif(VersionText.version());
        };
    }

    private static final class Tally {
        private long snapshots;
        private long violations;
        private long unknowns;
        private long problems;

        void add(Assessment assessment) {
            snapshots++;
            violations += assessment.violations();
            unknowns += assessment.unknowns();
            problems += assessment.problems().size();
        }

        int exitCode() {
            if (problems > 0) {
                return ExitCode.ERROR;
            }
            if (violations > 0) {
                return ExitCode.FINDINGS;
            }
            return unknowns > 0 ? UNKNOWNS : ExitCode.OK;
        }
    }

    /** How verdicts are printed. */
    enum Format {
        TABLE,
        JSON,
        SARIF;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

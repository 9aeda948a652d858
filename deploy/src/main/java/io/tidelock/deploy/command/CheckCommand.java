package io.tidelock.deploy.command;

import io.tidelock.compliance.posture.PostureReader;
import io.tidelock.deploy.check.CheckReport;
import io.tidelock.deploy.check.CheckResult;
import io.tidelock.deploy.check.Checks;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.service.Wiring;
import io.tidelock.replicator.store.ObjectStore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidelock check}: looks at everything that the configuration names, and changes nothing. */
@Command(
        name = "check",
        description = {
            "Reaches every broker, topic, bucket, key and role that the configuration names, and says what is missing.",
            "Nothing is written: the right to write is tried with multipart uploads that are begun and given up.",
            "Policies of buckets, roles and keys are compared with those that 'tidelock iam' prints: what they lack is"
                    + " missing, what they allow beyond is too wide, what cannot be read is unknown."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock check --config tidelock.yaml",
            "  tidelock check --config tidelock.yaml --strict     also when something is too wide or unknown",
            "  tidelock check --config tidelock.yaml --format json | jq '.results[] | select(.status != \"OK\")'"
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "How the result is printed: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(
            names = "--strict",
            description = "What is too wide or cannot be told ends with " + ExitCode.FINDINGS + ", too.")
    private boolean strict;

    // picocli sets it before the command is called
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var report = switch (config.load()) {
            case Loaded.Invalid invalid -> new CheckReport(invalid.problems(), List.of());
            case Loaded.Valid valid -> new CheckReport(List.of(), look(valid.config()));
        };
        var out = spec.commandLine().getOut();
        out.print(
                switch (format) {
                    case TABLE -> report.table();
                    case JSON -> report.json() + System.lineSeparator();
                });
        out.flush();
        if (!report.problems().isEmpty()) {
            return ExitCode.ERROR;
        }
        return (strict ? report.exact() : report.complete()) ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private static List<CheckResult> look(TidelockConfig config) throws InterruptedException {
        var stores = Wiring.stores(config);
        var postures = Wiring.postures(config);
        try {
            return Checks.run(config, Wiring.topics(config), stores, postures);
        } finally {
            postures.values().forEach(PostureReader::close);
            stores.values().forEach(ObjectStore::close);
        }
    }
}

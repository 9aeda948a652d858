package io.tidelock.deploy.command;

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
            "Nothing is written: the right to write is tried with multipart uploads that are begun and given up."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock check --config tidelock.yaml",
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
    private Format format = Format.TABLE;

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
        return report.complete() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private static List<CheckResult> look(TidelockConfig config) throws InterruptedException {
        var stores = Wiring.stores(config);
        try {
            return Checks.run(config, Wiring.topics(config), stores);
        } finally {
            stores.values().forEach(ObjectStore::close);
        }
    }

    /** How results are printed. */
    enum Format {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}

package io.tidelock.deploy.command;

import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.deploy.config.Problem;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.text.Counted;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --config FILE}, for every subcommand that needs the configuration. */
final class ConfigOption {
    // picocli sets it before the command is called
    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration file (YAML).")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    /** As it was named. */
    Path file() {
        return file;
    }

    Loaded load() {
        return new ConfigLoader(System.getenv()::get).load(file);
    }

    /** The configuration, or empty after all its problems were printed. */
    Optional<TidelockConfig> loadOrExplain(PrintWriter out) {
        return switch (load()) {
            case Loaded.Valid(var config) -> Optional.of(config);
            case Loaded.Invalid(var problems) -> {
                explain(problems, out);
                yield Optional.empty();
            }
        };
    }

    static void explain(List<Problem> problems, PrintWriter out) {
        problems.forEach(problem -> out.println(problem.text()));
        out.println(Counted.of(problems.size(), "problem"));
        out.flush();
    }
}

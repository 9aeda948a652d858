package io.tidelock.scenarios.quickstart;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a person may ask of the quickstart. */
final class QuickstartOptions {
    @Option(
            names = "--objects",
            paramLabel = "N",
            description =
                    "Write N object versions, wait until all are replicated, check every key and version on both sides,"
                            + " print a summary and end: 0 when both sides are the same, 1 when not. Without it: run until Ctrl-C.")
    private @Nullable Long objects;

    @Option(names = "--seed", paramLabel = "N", description = "Decides all traffic (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--max-object-size",
            paramLabel = "SIZE",
            converter = ByteSize.Converter.class,
            description = "The largest object (default: 64MiB).")
    private ByteSize objectSizeMax = ByteSize.parse("64MiB");

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "At most N changes a second (default: 20 without --objects, as many as go with it).")
    private @Nullable Double rate;

    @Option(names = "--json", description = "Print the summary as JSON, and nothing else on standard output.")
    private boolean json;

    @Option(names = "--keep", description = "Leave the service's configuration and log behind.")
    private boolean keep;

    @Option(
            names = "--tamper",
            paramLabel = "WHAT",
            description = "Damage one replica before the check, to see it found: ${COMPLETION-CANDIDATES}.")
    private @Nullable Tamper tamper;

    Optional<Long> objects() {
        return Optional.ofNullable(objects);
    }

    long seed() {
        return seed;
    }

    long objectSizeMaxBytes() {
        return objectSizeMax.bytes();
    }

    double perSecond() {
        if (rate != null) {
            return rate;
        }
        return objects == null ? 20 : 0;
    }

    boolean json() {
        return json;
    }

    boolean keep() {
        return keep;
    }

    Optional<Tamper> tamper() {
        return Optional.ofNullable(tamper);
    }

    /** Says what cannot be, or nothing. */
    Optional<String> problem() {
        if (objects != null && objects < 1) {
            return Optional.of("--objects must be at least 1, was " + objects);
        }
        if (rate != null && !(rate > 0)) {
            return Optional.of("--rate must be above 0, was " + rate);
        }
        if (objects == null && (json || tamper != null)) {
            return Optional.of("--json and --tamper need --objects: without it nothing is checked at the end");
        }
        return Optional.empty();
    }
}

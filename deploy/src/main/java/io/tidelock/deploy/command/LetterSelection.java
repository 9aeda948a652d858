package io.tidelock.deploy.command;

import io.tidelock.deploy.letter.LetterFilter;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --reason}, {@code --prefix} and {@code --since}: which dead letters are meant. */
final class LetterSelection {
    @Option(
            names = "--reason",
            paramLabel = "R",
            split = ",",
            converter = ReasonConverter.class,
            description = "Only dead letters with this reason, as 'list' prints it; several separated by commas.")
    private Set<String> reasons = new HashSet<>();

    @Option(
            names = "--prefix",
            paramLabel = "P",
            description = "Only those that speak of a key that begins so; none whose key cannot be read.")
    private String prefix = "";

    @Option(
            names = "--since",
            paramLabel = "T",
            converter = SinceConverter.class,
            description =
                    "Only those that became dead letters then or later: 2026-03-04T05:06:07Z, or 30m, 12h, 7d ago.")
    private @Nullable Instant since;

    LetterFilter filter(Set<String> ids) {
        return new LetterFilter(ids, reasons, prefix, since);
    }
}

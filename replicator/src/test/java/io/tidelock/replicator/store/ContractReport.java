package io.tidelock.replicator.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The contract's figures on one store: printed, and left in a file that the build prints again at its end. */
final class ContractReport {
    private static final Path DIRECTORY = Path.of("target", "store-contract");

    private ContractReport() {}

    static void ran(Class<?> contract, int passed, int failed, Map<String, List<String>> excluded) {
        var lines = new ArrayList<String>();
        var excludedCount = excluded.values().stream().mapToInt(List::size).sum();
        lines.add("store contract on " + store(contract) + ": " + (passed + failed + excludedCount) + " run, " + passed
                + " passed, " + failed + " failed, " + excludedCount + " excluded");
        excluded.forEach(
                (fault, tests) -> lines.add("  " + tests.size() + " excluded, as " + fault + ": " + names(tests)));
        write(contract, lines);
    }

    private static String names(List<String> tests) {
        return tests.stream()
                .map(test -> test.replaceFirst("\\(.*", ""))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    static void notRun(Class<?> contract, String reason) {
        write(contract, List.of("store contract on " + store(contract) + ": not run: " + reason));
    }

    private static String store(Class<?> contract) {
        return contract.getSimpleName().replaceFirst("(Contract)?Test$", "");
    }

    private static void write(Class<?> contract, List<String> lines) {
        lines.forEach(System.out::println);
        try {
            Files.createDirectories(DIRECTORY);
            Files.write(DIRECTORY.resolve(store(contract) + ".txt"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

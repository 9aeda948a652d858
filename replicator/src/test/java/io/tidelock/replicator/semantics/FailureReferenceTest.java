package io.tidelock.replicator.semantics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page that says when an operation fails with which code, and what to do. */
class FailureReferenceTest {
    private static final Path PAGE = Path.of("FAILURES.md");
    private static final List<String> MODULES = List.of("ingest", "replicator", "compliance", "deploy");
    private static final Pattern NAMED = Pattern.compile("\\b(FailureReason|SkipReason)\\.\\s*(\\w+)");
    private static final String SKIPS = "skips: ";

    /** What {@code semantics/failures.txt} says of each code. */
    private static Map<String, String> told() throws IOException {
        try (var text = FailureReferenceTest.class.getResourceAsStream("/semantics/failures.txt")) {
            var told = new LinkedHashMap<String, String>();
            new String(Objects.requireNonNull(text).readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", -1))
                    .forEach(cells -> told.put(cells[0], cells[1]));
            return told;
        }
    }

    /** What the main code of all modules names, such as {@code FailureReason.STORE_CANNOT}, comments aside. */
    private static Set<String> named() throws IOException {
        var named = new HashSet<String>();
        for (var module : MODULES) {
            try (var files = Files.walk(Path.of("..").resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .flatMap(file -> NAMED.matcher(code(file)).results())
                        .forEach(found -> named.add(found.group(1) + "." + found.group(2)));
            }
        }
        return named;
    }

    private static String code(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.startsWith("*") && !line.startsWith("/"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> skips(String when) {
        return when.startsWith(SKIPS) ? List.of(when.substring(SKIPS.length()).split(", ", -1)) : List.of();
    }

    @Test
    void every_code_occurs_or_skips_stand_for_it_that_do() throws IOException {
        // Given
        var named = named();

        // When
        var told = told();

        // Then
        assertThat(told.keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(FailureReason.values()).map(Enum::name).toList());
        assertThat(told).allSatisfy((code, when) -> {
            var skips = skips(when);
            assertThat(named.contains("FailureReason." + code))
                    .as("main code names " + code)
                    .isEqualTo(skips.isEmpty());
            assertThat(named)
                    .containsAll(
                            skips.stream().map(skip -> "SkipReason." + skip).toList());
        });
        assertThat(Arrays.stream(SkipReason.values()).map(skip -> "SkipReason." + skip))
                .isSubsetOf(named);
    }

    @Test
    void the_page_is_what_the_codes_say() throws IOException {
        // Given
        var generated = page();
        if (System.getenv("TIDELOCK_WRITE_REFERENCES") != null) {
            Files.writeString(PAGE, generated);
        }

        // When
        var written = Files.readString(PAGE);

        // Then
        assertThat(written)
                .as("replicator/FAILURES.md is stale: TIDELOCK_WRITE_REFERENCES=1 mvn -pl replicator -am test"
                        + " -Dtest=FailureReferenceTest -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(generated);
    }

    private static String page() throws IOException {
        var told = told();
        return """
                # Why operations fail

                Generated from the codes and `src/test/resources/semantics/failures.txt`; a test fails when this page is stale, and when nothing in the program names a
                code. A code in the spelling of `DstBucketNotFound` is S3's own; one in capitals is Tidelock's. The event of an operation that ends as `failed` is kept as a dead letter with the
                code, and can be redriven. What S3 calls a failure although nobody can do anything about it ends as `skipped` here.

                | code | when | remedy |
                |---|---|---|
                """
                + Arrays.stream(FailureReason.values())
                        .map(reason -> "| `%s` | %s | %s |%n"
                                .formatted(reason, when(told.getOrDefault(reason.name(), "")), reason.remedy()))
                        .collect(Collectors.joining());
    }

    private static String when(String told) {
        var skips = skips(told);
        return skips.isEmpty()
                ? told
                : skips.stream().collect(Collectors.joining("`, `", "never; it ends as `skipped` with `", "`"));
    }
}

package io.tidelock.replicator.semantics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.replicator.execute.RequestsPerCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page that says which rule of replication means what, and by which tests it is held. */
class SemanticsTest {
    private static final Path PAGE = Path.of("SEMANTICS.md");
    private static final int RULES = 51;
    private static final Map<Integer, List<RuleTests.RuleTest>> TESTS = RuleTests.find();
    private static final List<RequestsPerCase.Counted> REQUESTS = RequestsPerCase.count();

    /** One line of {@code semantics/rules.txt}. */
    private record Rule(int number, String about, String behaviour, String whose) {}

    private static List<Rule> rules() throws IOException {
        try (var text = SemanticsTest.class.getResourceAsStream("/semantics/rules.txt")) {
            return new String(text.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", -1))
                    .map(cells -> new Rule(Integer.parseInt(cells[0].strip()), cells[1], cells[2], cells[3]))
                    .toList();
        }
    }

    @Test
    void every_rule_is_told_and_tested() throws IOException {
        var all = IntStream.rangeClosed(1, RULES).boxed().toList();
        assertThat(rules()).extracting(Rule::number).isEqualTo(all);
        assertThat(TESTS.keySet()).containsExactlyElementsOf(all);
    }

    @Test
    void a_plain_version_costs_three_requests() {
        assertThat(REQUESTS.getFirst().total()).isLessThanOrEqualTo(3);
    }

    @Test
    void the_page_is_what_the_tests_say() throws IOException {
        // Given
        var generated = page();
        if (System.getenv("TIDELOCK_WRITE_REFERENCES") != null) {
            Files.writeString(PAGE, generated);
        }

        // When
        var written = Files.readString(PAGE);

        // Then
        assertThat(written)
                .as("replicator/SEMANTICS.md is stale: TIDELOCK_WRITE_REFERENCES=1 mvn -pl replicator -am test"
                        + " -Dtest=SemanticsTest -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(generated);
    }

    private static String page() throws IOException {
        return """
                # What replication means

                Generated from `src/test/resources/semantics/rules.txt` and the names of the tests in the sources of all modules; a test fails when this
                page is stale. The rules are those that a correct replication between S3 stores follows; each is held by tests that carry its number.
                Named are the tests that every run of the build runs: not those that are switched off or have a tag or a condition. Whether they pass, the build says.

                | rule | about | what Tidelock does | whose meaning | tests |
                |---|---|---|---|---|
                """
                + rules().stream().map(SemanticsTest::row).collect(Collectors.joining())
                + """

                ## The tests

                """
                + rules().stream().map(SemanticsTest::tests).collect(Collectors.joining())
                + """

                ## Requests for each operation

                HTTP requests, counted by two endpoints of the sandbox, source and destination. What buckets are, and whether
                the tags and locks in them may be read, is asked once a minute and not counted.

                | case | ends | requests | at the source | at the destination |
                |---|---|---|---|---|
                """
                + REQUESTS.stream()
                        .map(counted -> "| %s | %s | %d | %s | %s |%n"
                                .formatted(
                                        counted.name(),
                                        counted.end(),
                                        counted.total(),
                                        counted.source(),
                                        counted.destination()))
                        .collect(Collectors.joining());
    }

    private static String row(Rule rule) {
        return "| %d | %s | %s | %s | %d |%n"
                .formatted(
                        rule.number(),
                        rule.about(),
                        rule.behaviour(),
                        rule.whose(),
                        TESTS.getOrDefault(rule.number(), List.of()).size());
    }

    private static String tests(Rule rule) {
        return "**%d. %s**%n".formatted(rule.number(), rule.about())
                + TESTS.getOrDefault(rule.number(), List.of()).stream()
                        .map(test -> "- `%s.%s`%n".formatted(test.type(), test.method()))
                        .collect(Collectors.joining())
                + "\n";
    }
}

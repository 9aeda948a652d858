package io.tidelock.compliance.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table of what the security chapter claims and what holds today; its tests are found by the numbers in their names. */
class CookbookTest {
    private static final int ROWS = 172;
    private static final Path TABLE = Path.of("COOKBOOK.md");
    private static final Pattern METHOD = Pattern.compile("void (row((?:_\\d{3})+)_\\w+)\\(");
    private static final List<Path> TESTS = List.of(
            Path.of("src", "test", "java"),
            Path.of("..", "replicator", "src", "test", "java"),
            Path.of("..", "load-tests", "sandbox", "src", "test", "java"));

    /** What becomes of a row. */
    private enum Check {
        TESTED,
        NOTHING,
        LATER
    }

    private record Row(int number, String today, String where, Check check) {
        static Row of(String line) {
            String[] cells = line.split("\t", -1);
            return new Row(
                    Integer.parseInt(cells[0]), cells[1], cells[2], Check.valueOf(cells[3].toUpperCase(Locale.ROOT)));
        }
    }

    private static List<Row> rows() throws IOException {
        try (var in = CookbookTest.class.getResourceAsStream("cookbook.tsv")) {
            if (in == null) {
                throw new IOException("cookbook.tsv is missing");
            }
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .skip(1)
                    .map(Row::of)
                    .toList();
        }
    }

    /** By row; each test as {@code Type.method}. */
    private static SortedMap<Integer, List<String>> tests() throws IOException {
        var found = new TreeMap<Integer, List<String>>();
        for (Path root : TESTS) {
            try (var files = Files.walk(root)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .sorted(Comparator.comparing(Path::toString))
                        .toList()) {
                    var type = file.getFileName().toString().replace(".java", "");
                    var methods = METHOD.matcher(Files.readString(file));
                    while (methods.find()) {
                        for (String number : methods.group(2).substring(1).split("_")) {
                            found.computeIfAbsent(Integer.valueOf(number), _ -> new ArrayList<>())
                                    .add(type + "." + methods.group(1));
                        }
                    }
                }
            }
        }
        return found;
    }

    @Test
    void every_row_is_there_once_and_in_order() throws IOException {
        assertThat(rows())
                .extracting(Row::number)
                .isEqualTo(IntStream.rangeClosed(1, ROWS).boxed().toList());
        assertThat(rows()).allSatisfy(row -> assertThat(row.today()).isNotBlank());
    }

    @Test
    void a_row_that_documents_or_versions_can_decide_has_a_test_and_no_other_claims_one() throws IOException {
        var tests = tests();
        var claiming = rows().stream()
                .filter(row -> row.check() == Check.TESTED)
                .map(Row::number)
                .toList();
        assertThat(tests.keySet()).containsExactlyElementsOf(claiming);
    }

    @Test
    void the_table_is_what_rows_and_tests_say() throws IOException {
        // Given
        var generated = table(rows(), tests());
        if (System.getenv("TIDELOCK_WRITE_REFERENCES") != null) {
            Files.writeString(TABLE, generated);
        }

        // Then
        assertThat(Files.readString(TABLE))
                .as("compliance/COOKBOOK.md is stale: TIDELOCK_WRITE_REFERENCES=1 mvn -pl compliance -am test"
                        + " -Dtest=CookbookTest -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(generated);
    }

    private static String table(List<Row> rows, Map<Integer, List<String>> tests) {
        var count = rows.stream().collect(Collectors.groupingBy(Row::check, Collectors.counting()));
        return """
                # The security cookbook, row by row

                Generated from `cookbook.tsv` and the names of tests; a test fails when this page is stale. The rows are the %d claims of the chapter
                that the project began with: access control lists (1-42), bucket policies (43-58), access across accounts (59-84), presigned URLs
                (85-91), encryption (92-114), versioning (115-130), replication in one account (131-152) and across accounts (153-161), other
                features (162-172). %d are decided by documents or by the model of versions and have tests, %d have nothing to check, %d wait for
                controls that follow events, objects or lag.

                | row | what holds today | where | tests |
                |---|---|---|---|
                """.formatted(
                                ROWS,
                                count.getOrDefault(Check.TESTED, 0L),
                                count.getOrDefault(Check.NOTHING, 0L),
                                count.getOrDefault(Check.LATER, 0L))
                + rows.stream()
                        .map(row -> "| %d | %s | %s | %s |\n"
                                .formatted(row.number(), row.today(), row.where(), proof(row, tests)))
                        .collect(Collectors.joining());
    }

    private static String proof(Row row, Map<Integer, List<String>> tests) {
        return switch (row.check()) {
            case TESTED ->
                tests.getOrDefault(row.number(), List.of()).stream()
                        .map(test -> "`" + test + "`")
                        .collect(Collectors.joining(", "));
            case NOTHING -> "nothing to check";
            case LATER -> "not yet: no document or version decides it";
        };
    }
}

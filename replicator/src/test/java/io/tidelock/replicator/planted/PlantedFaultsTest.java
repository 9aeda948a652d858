package io.tidelock.replicator.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Plants faults and looks whether the tests that are there to catch them do. Behind the profile {@code planted}, but for the page. */
class PlantedFaultsTest {
    private static final Path PAGE = Path.of("PLANTED.md");
    private static final long MINUTES_MAX = 6;
    private static final List<PlantedFault> FAULTS = PlantedFaults.ALL;

    @TempDir
    private Path directory;

    @Test
    void every_fault_can_still_be_planted() {
        assertThat(FAULTS).allSatisfy(fault -> assertThatCode(fault::planted).doesNotThrowAnyException());
    }

    @Test
    void the_page_lists_every_fault() throws IOException {
        // Given
        var generated = page();
        if (System.getenv("TIDELOCK_WRITE_REFERENCES") != null) {
            Files.writeString(PAGE, generated);
        }

        // When
        var written = Files.readString(PAGE);

        // Then
        assertThat(written)
                .as("replicator/PLANTED.md is stale: TIDELOCK_WRITE_REFERENCES=1 mvn -pl replicator -am test"
                        + " -Dtest=PlantedFaultsTest -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(generated);
    }

    @ParameterizedTest
    @FieldSource("FAULTS")
    @EnabledIfSystemProperty(named = "tidelock.planted", matches = "true")
    void a_planted_fault_is_caught(PlantedFault fault) throws Exception {
        // Given
        var classes = compiled(fault);

        // When
        var ends = ends(fault, classes);

        // Then
        System.out.println(fault + "\n  " + String.join("\n  ", ends));
        assertThat(ends)
                .as("how the tests of \"%s\" ended", fault)
                .hasSize(fault.tests().size())
                .allMatch(end -> end.startsWith("FAILED"));
    }

    private Path compiled(PlantedFault fault) throws IOException {
        var source = directory.resolve("source").resolve(fault.compiled());
        Files.createDirectories(source.getParent());
        Files.writeString(source, fault.planted());
        var classes = Files.createDirectories(directory.resolve("classes"));
        var status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-nowarn",
                        "-Xlint:-removal",
                        "-proc:none",
                        "-parameters",
                        "-d",
                        classes.toString(),
                        "-classpath",
                        classPath(),
                        source.toString());
        assertThat(status).as("the compiler's status for \"%s\"", fault).isZero();
        return classes;
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** How each test ended in a process that has the planted class before the right one. */
    private List<String> ends(PlantedFault fault, Path classes) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                classes + File.pathSeparator + classPath(),
                ChosenTests.class.getName()));
        command.addAll(fault.tests());
        var log = directory.resolve("log").toFile();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            assertThat(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES))
                    .as("\"%s\" ended within %d minutes", fault, MINUTES_MAX)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(log.toPath()).stream()
                .filter(line -> line.startsWith("ENDED "))
                .map(line -> line.substring("ENDED ".length()))
                .toList();
    }

    private static String page() {
        return """
            # Planted faults

            Mistakes that would break a promise, each planted into the sources as they are, and the tests that fail then. Generated from
            `PlantedFaults`; the default build fails when this page is stale or a fault has lost its place in the sources.
            `load-tests/planted` plants them one by one, compiles the file that each changes, and runs its tests in a process of their own: every
            one of them has to fail.

            | what goes wrong | where | what is planted | caught by |
            |---|---|---|---|
            """ + FAULTS.stream().map(PlantedFaultsTest::row).collect(Collectors.joining());
    }

    private static String row(PlantedFault fault) {
        return "| %s | `%s` | %s | %s |%n"
                .formatted(
                        fault.name(),
                        Path.of(fault.source()).getFileName(),
                        fault.how(),
                        fault.tests().stream().map(PlantedFaultsTest::shown).collect(Collectors.joining(", ")));
    }

    private static String shown(String test) {
        return "`"
                + test.substring(test.lastIndexOf('.', test.indexOf('#')) + 1).replace('#', '.') + "`";
    }
}

package io.tidelock.scenarios.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("big")
class QuickstartEndTest {
    private static final Duration GENEROUS = Duration.ofMinutes(4);

    @TempDir
    private Path temporary;

    @Test
    void an_interrupt_ends_the_service_and_leaves_no_file_behind() throws Exception {
        // Given
        var files = Files.createDirectory(temporary.resolve("files"));
        var output = temporary.resolve("output");
        var quickstart = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + files,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Quickstart.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            Awaitility.await()
                    .atMost(GENEROUS)
                    .until(() ->
                            !quickstart.isAlive() || Files.readString(output).contains(" replicated ("));
            var children = quickstart.descendants().toList();

            // When
            new ProcessBuilder("kill", "-INT", Long.toString(quickstart.pid()))
                    .start()
                    .waitFor();
            var ended = quickstart.waitFor(GENEROUS.toSeconds(), TimeUnit.SECONDS);

            // Then
            assertThat(ended).isTrue();
            assertThat(children).as(() -> read(output)).isNotEmpty().noneMatch(ProcessHandle::isAlive);
            assertThat(left(files)).isEmpty();
        } finally {
            quickstart.descendants().forEach(ProcessHandle::destroyForcibly);
            quickstart.destroyForcibly();
        }
    }

    /** What the JVMs keep for themselves is not the quickstart's. */
    private static List<Path> left(Path files) throws Exception {
        try (var listing = Files.list(files)) {
            return listing.filter(path -> path.getFileName().toString().startsWith("tidelock"))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

package io.tidelock.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.deploy.service.SandboxConfig;
import io.tidelock.deploy.service.Service;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands as processes of their own, as a pipe sees them: the result on standard output and nothing else, on standard error nothing. */
class PureOutputTest {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @TempDir
    private static Path directory;

    private static Sandbox sandbox;
    private static Path configuration;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.twoRegions();
        configuration = SandboxConfig.write(sandbox, directory, yaml -> yaml);
        var config = ((Loaded.Valid) new ConfigLoader(_ -> null).load(configuration)).config();
        assertThat(Service.start(config).stop(Service.STOP_DEADLINE)).isTrue(); // it makes its topics
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check --format json",
                "explain --json " + TwoRegions.SOURCE_BUCKET + " cats/1.jpg",
                "uploads list --format json",
                "dead-letters list --format json",
                "parked list --format json"
            })
    void a_result_for_a_program_is_all_that_is_printed(String command) throws Exception {
        // Given
        var words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(
                words.getFirst().equals("explain") ? 1 : words.indexOf("--format"),
                List.of("--config", configuration.toString()));

        // When
        var process = started(words);

        // Then
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(directory.resolve("err"))).isEmpty();
        var out = Files.readString(directory.resolve("out"));
        assertThat(JSON.readTree(out).isContainerNode()).as(out).isTrue();
        assertThat(out).doesNotContain("SecretAccessKey", "X-Amz-Security-Token");
    }

    /** Without the tests' own classes, whose ways to log no user has. */
    private static Process started(List<String> arguments) throws IOException {
        var classpath = Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path"));
        var command = Stream.concat(
                Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        Stream.of(classpath.split(File.pathSeparator))
                                .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
                                .collect(Collectors.joining(File.pathSeparator)),
                        Tidelock.class.getName()),
                arguments.stream());
        return new ProcessBuilder(command.toList())
                .redirectError(directory.resolve("err").toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .start();
    }
}

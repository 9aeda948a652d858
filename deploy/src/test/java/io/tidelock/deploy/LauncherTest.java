package io.tidelock.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in something that looks like a clone, with a Maven that only writes the class path. */
class LauncherTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path clone;

    private Path builds;

    @BeforeEach
    void lookLikeAClone() throws IOException {
        builds = clone.resolve("builds.log");
        var deploy = Files.createDirectories(clone.resolve("deploy"));
        for (var script : List.of("tidelock", "build", "find-jdk")) {
            executable(deploy.resolve(script), Files.readString(Path.of(script)));
        }
        source("pom.xml");
        source("deploy/src/main/java/A.java");
        executable(Files.createDirectories(clone.resolve("bin")).resolve("mvn"), """
                #!/usr/bin/env bash
                echo "$*" >> "%s"
                mkdir -p deploy/target
                touch deploy/target/tidelock-deploy.jar
                printf '%%s' "$TEST_CLASS_PATH" > deploy/target/classpath.txt
                """.formatted(builds));
    }

    @Test
    void the_first_call_builds_and_the_next_does_not() throws Exception {
        // When
        var first = tidelock("--version");
        var second = tidelock("--version");

        // Then
        assertThat(first).contains("building", "tidelock 0").endsWith("exit 0");
        assertThat(second).doesNotContain("building").contains("tidelock 0").endsWith("exit 0");
        assertThat(Files.readAllLines(builds)).singleElement().asString().contains("-DskipTests", "package");
    }

    @Test
    void a_changed_source_is_built_again() throws Exception {
        // Given
        tidelock("--version");

        // When
        Files.setLastModifiedTime(
                clone.resolve("deploy/src/main/java/A.java"),
                FileTime.from(Instant.now().plusSeconds(60)));
        tidelock("--version");

        // Then
        assertThat(Files.readAllLines(builds)).hasSize(2);
    }

    @Test
    void arguments_exit_codes_and_JVM_options_pass_through() throws Exception {
        // When
        var answer = tidelock("check", "--config", "no such file.yaml");

        // Then
        assertThat(answer)
                .contains("no such file.yaml: does not exist", "64-Bit Server VM")
                .endsWith("exit 1");
    }

    @Test
    void a_cache_of_what_the_JVM_learned_is_used_until_something_is_built_and_one_that_is_broken_costs_nothing()
            throws Exception {
        // Given
        tidelock("--version");
        var cache = Files.writeString(clone.resolve("deploy/target/tidelock.aot"), "no cache at all");
        Files.setLastModifiedTime(cache, FileTime.from(Instant.now().plusSeconds(30)));
        var classPath = clone.resolve("deploy/target/classpath.txt");

        // When
        var cached = tidelock("--version");
        Files.setLastModifiedTime(classPath, FileTime.from(Instant.now().plusSeconds(60)));
        var built = tidelock("--version");

        // Then
        assertThat(cached).contains("AOTCache=" + cache, "tidelock 0").endsWith("exit 0");
        assertThat(built).doesNotContain("AOTCache").contains("tidelock 0").endsWith("exit 0");
    }

    @Test
    void a_clone_that_is_not_built_says_what_to_install_where_there_is_no_Maven() throws Exception {
        // Given
        Files.delete(clone.resolve("bin/mvn"));

        // When
        var answer = tidelock("--version");

        // Then
        assertThat(answer).contains("not built", "install Maven 3.8.7 or newer").endsWith("exit 1");
    }

    private void source(String name) throws IOException {
        var file = clone.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String tidelock(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(clone.resolve("deploy/tidelock").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        var environment = builder.environment();
        environment.put("PATH", clone.resolve("bin") + ":" + pathWithoutMaven());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+PrintCommandLineFlags -showversion");
        // as Maven writes it: without the empty entry at the end
        environment.put("TEST_CLASS_PATH", System.getProperty("java.class.path").replaceFirst(":+$", ""));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return output + "exit " + process.exitValue();
    }

    /** Links to the tools that the scripts use, as Maven may stand in the same directory. */
    private String pathWithoutMaven() throws IOException {
        var tools = Files.createDirectories(clone.resolve("tools"));
        for (var tool :
                List.of("bash", "env", "dirname", "readlink", "find", "sed", "tr", "cat", "mkdir", "touch", "ls")) {
            var link = tools.resolve(tool);
            for (var directory : List.of("/usr/bin", "/bin")) {
                if (!Files.exists(link) && Files.isExecutable(Path.of(directory, tool))) {
                    Files.createSymbolicLink(link, Path.of(directory, tool));
                }
            }
        }
        return tools.toString();
    }
}

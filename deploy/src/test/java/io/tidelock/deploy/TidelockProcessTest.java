package io.tidelock.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.deploy.service.SandboxConfig;
import io.tidelock.deploy.service.SandboxTraffic;
import io.tidelock.deploy.service.Wiring;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, seen from outside. */
class TidelockProcessTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void a_wrong_configuration_ends_the_process_with_1_and_its_problems() throws Exception {
        // Given
        var file = Files.writeString(directory.resolve("tidelock.yaml"), "kafka:\n\tx: y\n");

        // When
        var process = start("run", "--config", file.toString());

        // Then
        assertThat(exitCode(process)).isEqualTo(1);
        assertThat(output()).contains(file + ":2:1: is not YAML", "indent with spaces");
    }

    @Test
    void SIGTERM_under_load_lets_what_was_begun_end_and_the_next_process_does_the_rest() throws Exception {
        try (var sandbox = Sandbox.twoRegions()) {
            // Given
            var file = SandboxConfig.write(sandbox, directory, yaml -> yaml.replace("level: warn", "level: info"));
            var config = ((Loaded.Valid) new ConfigLoader(_ -> null).load(file)).config();
            var traffic = new SandboxTraffic(Wiring.stores(config));
            var first = start("run", "--config", file.toString());
            await().atMost(LIMIT).until(() -> output().contains("The service runs"));
            for (var i = 0; i < 200; i++) {
                traffic.put("key-" + i, "the object number " + i);
            }
            await().atMost(LIMIT).until(() -> traffic.replicas() > 0);

            // When
            first.destroy();
            var status = exitCode(first);

            // Then
            assertThat(status).isZero();
            assertThat(output()).contains("The service stops", "clean=\"true\"");
            var second = start("run", "--config", file.toString());
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(traffic.replicas()).isEqualTo(200));
            second.destroy();
            assertThat(traffic.versionsAtDestination("key-0")).isEqualTo(1);
            traffic.stores().values().forEach(ObjectStore::close);
        }
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(Tidelock.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log().toFile()))
                .start();
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String output() throws IOException {
        return Files.readString(log());
    }

    private Path log() {
        return directory.resolve("output.log");
    }
}

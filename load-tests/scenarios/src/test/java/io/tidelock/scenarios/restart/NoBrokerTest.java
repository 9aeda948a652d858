package io.tidelock.scenarios.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.scenarios.service.FreePort;
import io.tidelock.scenarios.service.ServiceCommand;
import io.tidelock.scenarios.service.ServiceProcess;
import io.tidelock.scenarios.service.ServiceSetup;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a process ends that never finds a broker. */
class NoBrokerTest {
    private static final Duration GENEROUS = Duration.ofMinutes(4);

    @TempDir
    private Path directory;

    @Test
    void told_to_stop_while_it_waits_it_ends_with_status_0() throws Exception {
        try (var service = start("5m")) {
            // Given
            Awaitility.await().atMost(GENEROUS).until(service::isServing);

            // When
            var status = service.stop();

            // Then
            assertThat(status).as(service::logTail).isZero();
            assertThat(service.logTail()).doesNotContain("The service runs");
        }
    }

    @Test
    void when_its_deadline_is_over_it_says_so_and_ends_with_status_1() throws Exception {
        // When
        try (var service = start("1s")) {
            Awaitility.await().atMost(GENEROUS).until(() -> !service.isAlive());

            // Then
            assertThat(service.stop()).isEqualTo(1);
            assertThat(service.logTail())
                    .contains(
                            "The service cannot start", "kafka.startDeadline (PT1S) is over", "kafka.bootstrapServers");
        }
    }

    private ServiceProcess start(String deadline) throws IOException {
        var nowhere = URI.create("http://127.0.0.1:" + FreePort.find());
        var setup = new ServiceSetup(
                "127.0.0.1:" + FreePort.find(), nowhere, nowhere, "a-key-id", "a-secret", FreePort.find(), "text");
        var file = setup.write(directory);
        Files.writeString(
                file, Files.readString(file).replace("kafka:\n", "kafka:\n  startDeadline: " + deadline + "\n"));
        return ServiceProcess.start(
                ServiceCommand.found(List.of("-Xmx256m")), file, setup.environment(), setup.httpPort(), directory);
    }
}

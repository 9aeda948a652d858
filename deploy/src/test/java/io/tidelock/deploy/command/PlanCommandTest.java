package io.tidelock.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tidelock plan} says of an event file before anything is asked of a store. */
class PlanCommandTest {
    @TempDir
    Path directory;

    private Path config;

    @BeforeEach
    void write() throws IOException {
        var secret = Files.writeString(directory.resolve("secret"), "0123456789abcdef");
        config = Files.writeString(directory.resolve("tidelock.yaml"), """
            kafka: {bootstrapServers: "127.0.0.1:9"}
            stores: {paris: {region: eu-west-3}, frankfurt: {region: eu-central-1}}
            sources: {paris-events: {store: paris, topics: [bucket-events]}}
            mark: {keys: [{id: k1, secret: "${file:%s}"}]}
            replication:
              - {source: {store: paris, bucket: photos}, destinations: {replicas: frankfurt}, fromBucket: true}
            """.formatted(secret));
    }

    private Answer plan(String event) {
        return Answer.to("plan", "--config", config.toString(), "--event", event);
    }

    @Test
    void a_device_without_an_end_is_not_read_to_its_end() {
        // When
        var answer = plan("/dev/zero");

        // Then
        assertThat(answer.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(answer.err()).contains("--event /dev/zero: is larger than 16777216 bytes");
    }

    @Test
    void a_directory_is_refused_by_its_name() {
        // When
        var answer = plan(directory.toString());

        // Then
        assertThat(answer.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(answer.err()).contains("--event " + directory + ": is a directory; name a file");
    }
}

package io.tidelock.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.deploy.service.HostileRules;
import io.tidelock.deploy.service.SandboxConfig;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Source buckets whose replication configuration is no good, seen from the command line over the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRulesTest {
    private static final String EVENT = """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","eventTime":"2026-01-01T00:00:00Z",
        "s3":{"bucket":{"name":"photos"},"object":{"key":"a","size":1,"eTag":"e","versionId":"v","sequencer":"01"}}}]}\
        """;

    private Sandbox sandbox;
    private Path file;
    private Path event;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        sandbox = Sandbox.twoRegions();
        file = SandboxConfig.write(sandbox, directory, SandboxConfig::rulesFromBucket);
        event = Files.writeString(directory.resolve("event.json"), EVENT);
    }

    @AfterAll
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cut off",
                "entities that double",
                "an entity of this machine",
                "too deep",
                "too long",
                "one priority twice"
            })
    void each_is_refused_with_the_name_of_its_bucket(String name) {
        // When
        var answer = plan(HostileRules.named(name));

        // Then
        assertThat(answer.exitCode()).as(answer.out()).isNotZero();
        assertThat(answer.err()).contains("paris/photos").doesNotContain("\tat ", "Exception");
        assertThat(answer.err()).hasSizeLessThan(10_000);
    }

    @Test
    void an_answer_that_does_not_end_is_not_read_to_its_end() {
        // When
        var answer = plan("<ReplicationConfiguration><!--" + "x".repeat(33 << 20));

        // Then
        assertThat(answer.exitCode()).isNotZero();
        assertThat(answer.err()).contains("paris/photos", "more than 33554432 bytes");
    }

    @Test
    void a_good_one_is_followed() {
        // When
        var answer = plan(HostileRules.good("everything"));

        // Then
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).contains("everything");
    }

    private Answer plan(String document) {
        sandbox.bucket(TwoRegions.SOURCE_BUCKET).setReplication(Optional.of(document));
        return Answer.to("plan", "--config", file.toString(), "--event", event.toString());
    }
}

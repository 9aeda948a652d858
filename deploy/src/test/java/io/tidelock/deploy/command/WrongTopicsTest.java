package io.tidelock.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.deploy.service.SandboxConfig;
import io.tidelock.deploy.service.Service;
import io.tidelock.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics of Tidelock's own that somebody has made otherwise. */
class WrongTopicsTest {
    @Test
    void too_few_partitions_and_a_wrong_cleanup_policy_are_named_by_check_and_refused_by_the_service(
            @TempDir Path directory) throws Exception {
        try (var sandbox = Sandbox.twoRegions()) {
            // Given
            sandbox.kafka().createTopic("tidelock.events", 2);
            sandbox.kafka().createTopic("tidelock.parked", 3, Map.of("cleanup.policy", "compact"));
            var file = SandboxConfig.write(sandbox, directory, yaml -> yaml);
            var config = ((Loaded.Valid) new ConfigLoader(_ -> null).load(file)).config();

            // When
            var check = Answer.to("check", "--config", file.toString());

            // Then
            assertThat(check.exitCode()).isEqualTo(ExitCode.FINDINGS);
            assertThat(check.out())
                    .contains(
                            "topic tidelock.events has 2 partitions, kafka.topics.partitions is 3",
                            "set kafka.topics.partitions to 2",
                            "topic tidelock.parked has cleanup.policy=compact, needed is delete",
                            "kafka-configs --alter --topic tidelock.parked --add-config cleanup.policy=delete");
            assertThatThrownBy(() -> Service.start(config))
                    .hasMessageContaining("tidelock.events: has 2 partitions, kafka.topics.partitions is 3")
                    .hasMessageContaining("tidelock.parked: has cleanup.policy=compact, needed is delete");
        }
    }
}

package io.tidelock.scenarios.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.TwoRegions;
import io.tidelock.scenarios.service.Installation;
import io.tidelock.scenarios.traffic.TrafficPlan;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is under way when the service is told to stop ends and is recorded, so that its next life copies nothing twice. */
class StopUnderLoadTest {
    private static final Duration GENEROUS = Duration.ofMinutes(4);
    private static final long SIZE_MAX_BYTES = 64 * 1024;

    @Test
    void a_service_that_is_stopped_under_load_ends_cleanly_and_copies_nothing_twice() throws Exception {
        try (var installation = new Installation(TwoRegions.builder(), List.of("-Xmx256m"))) {
            // Given
            installation.write(new TrafficPlan(815, SIZE_MAX_BYTES), 300);
            Awaitility.await()
                    .atMost(GENEROUS)
                    .until(() -> installation.watch().snapshot().arrived() > 0);
            var pending = installation.watch().snapshot().pending();

            // When
            var status = installation.stopAndRestart();

            // Then
            assertThat(pending).isPositive();
            assertThat(status).as(() -> installation.service().logTail()).isZero();
            assertThat(installation.watch().awaitDrained(GENEROUS))
                    .as(() -> installation.service().logTail())
                    .isTrue();
            assertThat(installation.watch().snapshot().unexpected()).isZero();
            assertThat(installation.verify(History.EXACT).differences()).isEmpty();
        }
    }
}

package io.tidelock.scenarios.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.TwoRegions;
import io.tidelock.scenarios.service.Installation;
import io.tidelock.scenarios.traffic.TrafficPlan;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A service that is told to stop while its broker is away cannot record what it did, and does not wait for that. Behind the profile {@code big}. */
@Tag("big")
class LostBrokerTest {
    private static final Duration GENEROUS = Duration.ofMinutes(4);
    private static final long SIZE_MAX_BYTES = 64 * 1024;

    @Test
    void told_to_stop_under_load_it_ends_in_order_and_its_next_life_goes_on() throws Exception {
        try (var installation = new Installation(TwoRegions.builder(), List.of("-Xmx256m"))) {
            // Given
            installation.write(new TrafficPlan(815, SIZE_MAX_BYTES), 300);
            Awaitility.await()
                    .atMost(GENEROUS)
                    .until(() -> installation.watch().snapshot().arrived() > 0);
            installation.sandbox().kafka().kill();

            // When
            var status = installation.service().stop();
            var log = installation.service().logTail();
            installation.sandbox().kafka().start();
            installation.killAndRestart();

            // Then
            assertThat(status).as(log).isZero();
            assertThat(installation.watch().awaitDrained(GENEROUS))
                    .as(() -> installation.service().logTail())
                    .isTrue();
            assertThat(installation.verify(History.EXACT).differences()).isEmpty();
        }
    }
}

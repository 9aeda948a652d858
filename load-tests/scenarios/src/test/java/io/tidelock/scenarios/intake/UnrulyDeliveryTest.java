package io.tidelock.scenarios.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.event.Delivery;
import io.tidelock.sandbox.event.NotificationConfiguration;
import io.tidelock.scenarios.service.Installation;
import io.tidelock.scenarios.traffic.TrafficPlan;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("big")
class UnrulyDeliveryTest {
    private static final int VERSIONS = 400;
    private static final int PARTITIONS = 4;
    private static final long SIZE_MAX_BYTES = 64 * 1024;
    private static final Duration GENEROUS = Duration.ofMinutes(5);

    @Test
    void repeated_late_and_reordered_events_end_in_the_same_current_state_with_no_version_missing() throws Exception {
        var unruly = NotificationConfiguration.ofBucket(TwoRegions.SOURCE_BUCKET, TwoRegions.EVENTS_TOPIC)
                .delivered(Delivery.unruly(99));
        var world = TwoRegions.silent().notify(unruly, PARTITIONS);
        try (var installation = new Installation(world, List.of("-Xmx256m"))) {
            // When
            installation.write(new TrafficPlan(31, SIZE_MAX_BYTES), VERSIONS);
            var told = installation.sandbox().notifications().awaitDelivered(GENEROUS);

            // Then
            assertThat(told).isTrue();
            var counts = installation.sandbox().notifications().counts(unruly.id());
            assertThat(counts.duplicated()).isPositive();
            assertThat(counts.reordered()).isPositive();
            Awaitility.await()
                    .atMost(GENEROUS)
                    .pollInterval(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(
                                    installation.verify(History.EVENTUAL).differences())
                            .as(() -> installation.service().logTail())
                            .isEmpty());
        }
    }
}

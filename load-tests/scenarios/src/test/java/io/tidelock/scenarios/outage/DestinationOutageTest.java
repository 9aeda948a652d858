package io.tidelock.scenarios.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.fault.Fault;
import io.tidelock.scenarios.service.Installation;
import io.tidelock.scenarios.traffic.TrafficPlan;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Promises P2, P4 and P6 while a destination is down and the service dies. */
class DestinationOutageTest {
    private static final Duration GENEROUS = Duration.ofMinutes(4);
    private static final long SIZE_MAX_BYTES = 16 * 1024;
    private static final String PARKED = "tidelock_replication_parked_operations{rule=\"everything\"}";
    private static final String PENDING = "tidelock_replication_pending_operations{rule=\"everything\"}";
    private static final String BREAKER = "tidelock_destination_breaker_state{destination=\"";

    @Test
    void what_a_dead_region_cannot_take_is_parked_survives_a_kill_and_arrives_in_order() throws Exception {
        try (var installation = new Installation(TwoRegions.builder(), List.of("-Xmx256m"))) {
            // Given
            var traffic = new TrafficPlan(4_711, SIZE_MAX_BYTES);
            installation.write(traffic, 60);
            assertThat(installation.watch().awaitDrained(GENEROUS))
                    .as(() -> installation.service().logTail())
                    .isTrue();

            // When
            var frankfurt = installation.sandbox().region(TwoRegions.FRANKFURT).faults();
            frankfurt.anywhere().cause(new Fault.ServerError());
            installation.write(traffic, 150);
            awaitAllParked(installation);
            assertThat(breaker(installation)).isPositive();
            installation.killAndRestart();
            installation.write(traffic, 50);
            awaitAllParked(installation);
            frankfurt.clear();

            // Then
            assertThat(installation.watch().awaitDrained(GENEROUS))
                    .as(() -> installation.watch().snapshot() + "\n"
                            + installation.service().logTail())
                    .isTrue();
            assertThat(installation.verify(History.EXACT).differences()).isEmpty();
            Awaitility.await().atMost(GENEROUS).until(() -> metric(installation, PENDING) == 0);
            assertThat(metric(installation, PARKED)).isZero();
            assertThat(installation.service().metrics().keySet())
                    .noneMatch(series -> series.startsWith("tidelock_replication_failures_total"));
        }
    }

    /** Everything that was written and has not arrived is set aside, nothing is tried over and over in its lane. */
    private static void awaitAllParked(Installation installation) {
        Awaitility.await()
                .atMost(GENEROUS)
                .untilAsserted(() -> assertThat(metric(installation, PARKED))
                        .as(() -> installation.service().logTail())
                        .isEqualTo((double) installation.watch().snapshot().pending()));
    }

    private static double breaker(Installation installation) throws InterruptedException {
        return installation.service().metrics().entrySet().stream()
                .filter(series -> series.getKey().startsWith(BREAKER))
                .mapToDouble(series -> series.getValue())
                .sum();
    }

    private static double metric(Installation installation, String series) throws InterruptedException {
        return installation.service().metrics().getOrDefault(series, -1.0);
    }
}

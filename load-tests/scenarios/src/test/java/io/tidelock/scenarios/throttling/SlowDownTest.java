package io.tidelock.scenarios.throttling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.fault.Fault;
import io.tidelock.scenarios.service.Installation;
import io.tidelock.scenarios.traffic.TrafficPlan;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A destination that asks to slow down three times, between stores that have a budget. */
class SlowDownTest {
    private static final Duration GENEROUS = Duration.ofMinutes(4);
    private static final long SIZE_MAX_BYTES = 4 * 1024;
    private static final int STORMS = 3;

    /** At most: even one after another they are too few to open the breaker at the floor, or to park one operation. */
    private static final int REFUSALS = 12;

    private static final String DESTINATION = "{destination=\"frankfurt/" + TwoRegions.DESTINATION_BUCKET + "\"}";
    private static final String LIMIT = "tidelock_destination_concurrency_limit" + DESTINATION;
    private static final String IN_FLIGHT = "tidelock_destination_in_flight_operations" + DESTINATION;
    private static final String THROTTLED = "tidelock_destination_throttled_total" + DESTINATION;
    private static final String BREAKER = "tidelock_destination_breaker_state" + DESTINATION;
    /** How the server counts what STS answers: not a request to the store. */
    private static final String STS = "Form";

    private static final String FRANKFURT = "{name=\"frankfurt\",scope=\"store\"}";
    private static final String REQUESTS = "tidelock_budget_requests_total" + FRANKFURT;
    private static final String WAITED = "tidelock_budget_waited_seconds_total" + FRANKFURT;

    @Test
    void it_gets_less_at_once_then_more_again_and_nothing_is_parked_and_every_request_was_paid_for() throws Exception {
        try (var installation =
                new Installation(TwoRegions.builder(), List.of("-Xmx256m"), "", "{requestsPerSecond: 20}")) {
            var traffic = new TrafficPlan(20_261_124, SIZE_MAX_BYTES);
            var frankfurt = installation.sandbox().region(TwoRegions.FRANKFURT);

            // When
            for (var storm = 1; storm <= STORMS; storm++) {
                frankfurt
                        .faults()
                        .at(TwoRegions.DESTINATION_BUCKET)
                        .times(REFUSALS)
                        .cause(new Fault.SlowDown());
                write(installation, traffic, 10);

                // Then
                assertThat(metric(installation, THROTTLED)).isEqualTo((double) REFUSALS * storm);
                assertThat(metric(installation, LIMIT))
                        .as("of 100, halved at least once a storm")
                        .isBetween(1.0, 60.0);
            }
            var low = metric(installation, LIMIT);

            // When
            frankfurt
                    .faults()
                    .at(TwoRegions.DESTINATION_BUCKET, "PutObject")
                    .cause(new Fault.Delay(Duration.ofMillis(300)));
            write(installation, traffic, 25);

            // Then
            assertThat(metric(installation, LIMIT)).isGreaterThan(low);
            assertThat(metric(installation, THROTTLED)).isEqualTo((double) REFUSALS * STORMS);
            assertThat(metric(installation, IN_FLIGHT)).isZero();
            assertThat(metric(installation, BREAKER)).isZero();
            assertThat(metric(installation, WAITED)).isPositive();
            assertThat(metric(installation, REQUESTS))
                    .as("%s", frankfurt.server().counts().byOperation())
                    .isEqualTo((double) (frankfurt.server().counts().total()
                            - frankfurt.server().counts().of(STS)));
            assertThat(installation.sandbox().kafka().records("tidelock.parked"))
                    .isEmpty();
            assertThat(installation.verify(History.EXACT).differences()).isEmpty();
        }
    }

    private static void write(Installation installation, TrafficPlan traffic, int versions) throws Exception {
        installation.write(traffic, versions);
        assertThat(installation.watch().awaitDrained(GENEROUS))
                .as(() -> installation.watch().snapshot() + "\n"
                        + installation.service().logTail())
                .isTrue();
        await().atMost(GENEROUS).until(() -> metric(installation, IN_FLIGHT) == 0);
    }

    private static double metric(Installation installation, String series) throws InterruptedException {
        return installation.service().metrics().getOrDefault(series, -1.0);
    }
}

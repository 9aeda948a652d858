package io.tidelock.scenarios.intake;

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

@Tag("big")
class HostileRecordsTest {
    private static final int HOSTILE = 200;
    private static final int VERSIONS = 9_200;
    private static final int GOOD_BETWEEN = 45;
    private static final long GOOD_MIN = 10_000;
    private static final long SIZE_MAX_BYTES = 512;
    private static final Duration GENEROUS = Duration.ofMinutes(5);
    private static final String DEAD_LETTERS = "tidelock.dead-letters";
    private static final String OUTCOMES = "tidelock.outcomes";

    @Test
    void all_hostile_records_are_kept_byte_for_byte_and_every_good_one_is_replicated() throws Exception {
        try (var installation = new Installation(TwoRegions.builder(), List.of("-Xmx256m"))) {
            // Given
            var kafka = installation.sandbox().kafka();
            var hostile = new HostileRecords(20_260_304).take(TwoRegions.EVENTS_TOPIC, HOSTILE);

            // When
            boolean drained;
            try (var sender = new InterleavedSender(installation.sandbox(), hostile, GOOD_BETWEEN)) {
                installation.write(new TrafficPlan(77, SIZE_MAX_BYTES), VERSIONS);
                sender.finish();
                drained = installation.watch().awaitDrained(GENEROUS);
            }

            // Then
            assertThat(drained)
                    .as(() -> installation.watch().snapshot() + "\n"
                            + installation.service().logTail())
                    .isTrue();
            Awaitility.await()
                    .atMost(GENEROUS)
                    .until(() -> LetterBox.open(kafka.records(DEAD_LETTERS)).size() >= HOSTILE);
            assertThat(LetterBox.open(kafka.records(DEAD_LETTERS)))
                    .isEqualTo(hostile.stream().map(LetterBox::exactly).sorted().toList());
            var good = installation.watch().snapshot().written();
            assertThat(good).isGreaterThanOrEqualTo(GOOD_MIN);
            assertThat(installation.verify(History.EXACT).differences()).isEmpty();
            Awaitility.await()
                    .atMost(GENEROUS)
                    .until(() -> kafka.records(OUTCOMES).size() >= good);
            assertThat(kafka.records(OUTCOMES)).hasSize((int) good);
            assertThat(installation.service().isAlive()).isTrue();
        }
    }
}

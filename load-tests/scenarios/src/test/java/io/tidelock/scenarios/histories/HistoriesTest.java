package io.tidelock.scenarios.histories;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.event.Delivery;
import io.tidelock.sandbox.event.NotificationConfiguration;
import io.tidelock.scenarios.service.Installation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The model test's histories through Kafka and S3: random lives of keys, told badly, to a service that dies. */
class HistoriesTest {
    private static final long SEED = Long.getLong("tidelock.histories.seed", 20_261_123);
    private static final int HISTORIES = Integer.getInteger("tidelock.histories.wire", 50);
    private static final int CHANGES = 12;
    private static final int PARTITIONS = 4;
    private static final double LOST = 0.25;
    private static final Duration GENEROUS = Duration.ofMinutes(4);
    private static final String PENDING = "tidelock_replication_pending_operations{rule=\"everything\"}";

    @Test
    void rule_40_fifty_histories_whose_events_are_lost_late_and_repeated_converge_although_the_service_dies()
            throws Exception {
        var random = new Random(SEED);
        var badly = NotificationConfiguration.ofBucket(TwoRegions.SOURCE_BUCKET, TwoRegions.EVENTS_TOPIC)
                .delivered(Delivery.unruly(SEED).dropping(LOST));
        var world = TwoRegions.silent().notify(badly, PARTITIONS);
        try (var installation = new Installation(world, List.of("-Xmx256m"))) {
            // Given
            var lives = new ArrayList<KeyLife>();
            for (var i = 0; i < HISTORIES; i++) {
                lives.add(new KeyLife(installation.source(), TwoRegions.SOURCE_BUCKET, "life/" + i, random));
            }

            // When
            var changes = HISTORIES * CHANGES;
            for (var i = 0; i < changes; i++) {
                lives.get(random.nextInt(HISTORIES)).change();
                if (i == changes / 3 || i == changes * 2 / 3) {
                    installation.killAndRestart();
                }
            }
            assertThat(installation.sandbox().notifications().awaitDelivered(GENEROUS))
                    .isTrue();
            var counts = installation.sandbox().notifications().counts(badly.id());
            assertThat(counts.dropped()).isPositive();
            assertThat(counts.duplicated()).isPositive();
            assertThat(counts.reordered()).isPositive();
            assertThat(installation.run("resync", "everything", "--delete-markers"))
                    .as("exit code of the resync")
                    .isZero();

            // Then
            Awaitility.await()
                    .atMost(GENEROUS)
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> judge(installation, lives));
            Awaitility.await().atMost(GENEROUS).until(() -> pending(installation) == 0);
            judge(installation, lives);
        }
    }

    private static void judge(Installation installation, List<KeyLife> lives) throws InterruptedException {
        var replicas = installation.replicas();
        for (var life : lives) {
            new LifeJudge(life, replicas.getOrDefault(life.key(), List.of())).judge();
        }
        assertThat(replicas).as("seed %s", SEED).hasSizeLessThanOrEqualTo(HISTORIES);
    }

    private static double pending(Installation installation) throws InterruptedException {
        Map<String, Double> metrics = installation.service().metrics();
        return metrics.getOrDefault(PENDING, -1.0);
    }
}

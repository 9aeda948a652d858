package io.tidelock.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.kafka.BrokerDisk;
import io.tidelock.scenarios.service.Installation;
import io.tidelock.scenarios.traffic.TrafficPlan;
import io.tidelock.scenarios.traffic.TrafficWriter;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The disk of the only broker fills under traffic, and the broker ends. Behind the profile {@code big}. */
@Tag("big")
class FullDiskTest {
    private static final Duration GENEROUS = Duration.ofMinutes(4);
    private static final long DISK_BYTES = 128 << 20;
    private static final long SIZE_MAX_BYTES = 16 * 1024;
    private static final double STEPS_A_SECOND = 20;

    @BeforeAll
    static void thereIsADisk() {
        var obstacle = BrokerDisk.obstacle();
        Assumptions.assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
    }

    @Test
    void a_full_disk_is_told_costs_time_and_loses_nothing_and_the_service_goes_on_by_itself() throws Exception {
        try (var installation = new Installation(TwoRegions.builder().kafkaDisk(DISK_BYTES), List.of("-Xmx256m"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Given
            var kafka = installation.sandbox().kafka();
            var service = installation.service();
            var over = new AtomicBoolean();
            var traffic = threads.submit(() -> write(installation, over));
            await().atMost(GENEROUS).until(() -> installation.watch().snapshot().arrived() > 100);

            // When
            kafka.disk().fill();
            await().atMost(GENEROUS).until(() -> !kafka.isRunning());
            await().atMost(GENEROUS).until(() -> service.readiness().contains("cannot reach the broker"));
            var readiness = service.readiness();
            kafka.disk().makeRoom();
            kafka.start();
            var writtenBefore = installation.watch().snapshot().written();
            await().atMost(GENEROUS).until(() -> installation.watch().snapshot().written() > writtenBefore + 100);
            over.set(true);
            traffic.get();

            // Then
            assertThat(readiness).contains("replicator.loop", "there is room on their disks");
            assertThat(Files.readString(service.log())).contains("trouble with Kafka", "there is room on their disks");
            try (var audit = new Audit(kafka.bootstrapServers());
                    var progress = told()) {
                assertThat(installation.sandbox().notifications().awaitDelivered(GENEROUS))
                        .isTrue();
                assertThat(new Drain(audit, GENEROUS, GENEROUS).await(progress))
                        .as(service::logTail)
                        .isEmpty();
                assertThat(audit.repeated()).isEmpty();
                assertThat(audit.takeFailures()).isEmpty();
            }
            assertThat(service.isAlive()).isTrue();
            service.awaitReady(GENEROUS);
            assertThat(installation.watch().snapshot().unexpected()).isZero();
            assertThat(installation.verify(History.EXACT).differences()).isEmpty();
        }
    }

    private static Progress told() {
        return new Progress(System.out::println, Duration.ofSeconds(10));
    }

    private static Void write(Installation installation, AtomicBoolean over) throws InterruptedException {
        try (var writer =
                new TrafficWriter(installation.source(), TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN)) {
            writer.write(new TrafficPlan(28, SIZE_MAX_BYTES), Long.MAX_VALUE, STEPS_A_SECOND, over::get);
        }
        return null;
    }
}

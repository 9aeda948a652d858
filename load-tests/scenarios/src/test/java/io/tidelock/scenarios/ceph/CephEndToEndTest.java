package io.tidelock.scenarios.ceph;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.ceph.CephCluster;
import io.tidelock.scenarios.traffic.ObjectWriter;
import io.tidelock.scenarios.traffic.TrafficPlan;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.core.sync.RequestBody;

/** Two regions and two users of a real store, its own notifications, and the service between them. */
@EnabledIfSystemProperty(
        named = CephCluster.SCRIPT_PROPERTY,
        matches = ".+",
        disabledReason = "Ceph runs with -Pceph, which installs Debian's packages where they are missing")
class CephEndToEndTest {
    private static final Duration GENEROUS = Duration.ofMinutes(4);
    private static final int CHANGES = 1_000;
    private static final long SIZE_MAX_BYTES = 20 * 1024 * 1024;
    private static final String ENDED = "tidelock_replication_operations_total";
    private static final String FAILURES = "tidelock_replication_failures_total";

    private CephCluster ceph;

    @BeforeEach
    void started() throws Exception {
        ceph = CephCluster.start(CephCluster.script().orElseThrow());
    }

    @AfterEach
    void stopped() {
        ceph.close();
    }

    @Test
    void a_thousand_mixed_changes_are_the_same_on_both_sides() throws Exception {
        try (var installation = CephInstallation.ofTwoOwners(ceph)) {
            // Given
            var changes = new MixedChanges(
                    new TrafficPlan(2_718, SIZE_MAX_BYTES),
                    new ObjectWriter(installation.source(), CephSetup.SOURCE_BUCKET, ceph.sourceKmsKey()));
            var begun = System.nanoTime();

            // When
            changes.make(CHANGES);
            var written = System.nanoTime();
            awaitEnded(installation, CHANGES);
            var drained = System.nanoTime();

            // Then
            var verified = installation.verify();
            System.out.printf(
                    "Ceph, end to end: %s; written in %d s, all there %d s later; compared %d keys, %d versions, %d"
                            + " markers, %d bytes: %d differences%n",
                    changes,
                    Duration.ofNanos(written - begun).toSeconds(),
                    Duration.ofNanos(drained - written).toSeconds(),
                    verified.keys(),
                    verified.versions(),
                    verified.markers(),
                    verified.bytes(),
                    verified.differences().size());
            assertThat(verified.differences()).isEmpty();
            assertThat(verified.versions()).isEqualTo(changes.versions());
            assertThat(verified.markers()).isEqualTo(changes.markers());
            assertThat(installation.total(FAILURES)).isZero();
        }
    }

    @Test
    void a_replica_that_its_writer_keeps_owning_is_told_as_a_failure() throws Exception {
        try (var installation = CephInstallation.ofOneWriter(ceph)) {
            // When
            installation
                    .source()
                    .putObject(
                            request -> request.bucket(CephSetup.SOURCE_BUCKET).key("a"), RequestBody.fromString("a"));

            // Then
            awaitEnded(installation, 1);
            assertThat(installation.service().metrics()).anySatisfy((series, value) -> {
                assertThat(series).startsWith(FAILURES).contains("DST_OWNER_NOT_OVERRIDDEN");
                assertThat(value).isEqualTo(1);
            });
        }
    }

    private static void awaitEnded(CephInstallation installation, int operations) {
        Awaitility.await()
                .atMost(GENEROUS)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(installation.total(ENDED))
                        .as(() -> installation.relay().relayed() + " relayed\n"
                                + installation.service().logTail())
                        .isGreaterThanOrEqualTo(operations));
    }
}

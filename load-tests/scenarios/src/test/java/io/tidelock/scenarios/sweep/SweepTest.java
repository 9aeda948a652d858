package io.tidelock.scenarios.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.event.Delivery;
import io.tidelock.sandbox.event.NotificationConfiguration;
import io.tidelock.scenarios.service.Installation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Every event is lost, and nobody does anything about it. */
class SweepTest {
    private static final long SEED = 20_261_123;
    private static final int OBJECTS = 30;
    private static final Duration GENEROUS = Duration.ofMinutes(3);
    /** A pass that begins before the outcomes of the last one are recorded would report a removed replica again. */
    private static final String OFTEN =
            "sweep: {every: 5s, rate: 1000, olderThan: 0s, since: \"2020-01-01T00:00:00Z\"}";

    private static final String FOUND = "tidelock_sweep_found_total{rule=\"everything\"}";
    private static final String REMOVED =
            "tidelock_replication_failures_total{reason=\"DstObjectHardDeleted\",rule=\"everything\"}";
    private static final String LEFT_ALONE =
            "tidelock_replication_skipped_total{reason=\"FAILED_BEFORE\",rule=\"everything\"}";

    @Test
    void what_no_event_told_is_found_and_counted_and_a_replica_that_somebody_removed_is_reported_once()
            throws Exception {
        var lost = NotificationConfiguration.ofBucket(TwoRegions.SOURCE_BUCKET, TwoRegions.EVENTS_TOPIC)
                .delivered(Delivery.unruly(SEED).dropping(1));
        var world = TwoRegions.silent().notify(lost, 4);
        try (var installation = new Installation(world, List.of("-Xmx256m"), OFTEN)) {
            // Given
            for (var i = 0; i < OBJECTS; i++) {
                put(installation, "lost/" + i);
            }
            await().atMost(GENEROUS).until(() -> installation.replicas().size() == OBJECTS);
            await().atMost(GENEROUS).until(() -> metric(installation, FOUND) == OBJECTS);

            // When
            var key = "lost/0";
            removeReplica(installation, key);

            // Then
            await().atMost(GENEROUS).until(() -> metric(installation, LEFT_ALONE) >= 2);
            assertThat(metric(installation, REMOVED)).isEqualTo(1);
            assertThat(metric(installation, FOUND)).isEqualTo(OBJECTS);
            assertThat(installation.replicas()).hasSize(OBJECTS - 1).doesNotContainKey(key);
            assertThat(installation.sandbox().notifications().counts(lost.id()).dropped())
                    .isEqualTo(OBJECTS);
        }
    }

    @Test
    void of_a_suspended_bucket_a_removed_replica_is_reported_once_and_what_overwrote_its_source_is_copied()
            throws Exception {
        var lost = NotificationConfiguration.ofBucket(TwoRegions.SOURCE_BUCKET, TwoRegions.EVENTS_TOPIC)
                .delivered(Delivery.unruly(SEED).dropping(1));
        var world = TwoRegions.silent().notify(lost, 4);
        try (var installation = new Installation(world, List.of("-Xmx256m"), OFTEN)) {
            // Given
            installation
                    .source()
                    .putBucketVersioning(request -> request.bucket(TwoRegions.SOURCE_BUCKET)
                            .versioningConfiguration(to -> to.status(BucketVersioningStatus.SUSPENDED)));
            put(installation, "null");
            await().atMost(GENEROUS).until(() -> metric(installation, FOUND) == 1);

            // When
            removeReplica(installation, "null");
            await().atMost(GENEROUS).until(() -> metric(installation, LEFT_ALONE) >= 2);
            var reported = metric(installation, REMOVED);
            var left = installation.replicas();
            put(installation, "null", "other bytes");
            await().atMost(GENEROUS).until(() -> metric(installation, FOUND) == 2);

            // Then
            assertThat(reported).isEqualTo(1);
            assertThat(left).isEmpty();
            assertThat(metric(installation, REMOVED)).isEqualTo(1);
            assertThat(installation.replicas()).hasSize(1);
        }
    }

    private static void put(Installation installation, String key) {
        put(installation, key, key);
    }

    private static void put(Installation installation, String key, String body) {
        installation
                .source()
                .putObject(request -> request.bucket(TwoRegions.SOURCE_BUCKET).key(key), RequestBody.fromString(body));
    }

    private static void removeReplica(Installation installation, String key) {
        var replica = installation.replica();
        var version = replica.headObject(
                        request -> request.bucket(TwoRegions.DESTINATION_BUCKET).key(key))
                .versionId();
        replica.deleteObject(request ->
                request.bucket(TwoRegions.DESTINATION_BUCKET).key(key).versionId(version));
    }

    private static double metric(Installation installation, String name) throws InterruptedException {
        return installation.service().metrics().getOrDefault(name, 0.0);
    }
}

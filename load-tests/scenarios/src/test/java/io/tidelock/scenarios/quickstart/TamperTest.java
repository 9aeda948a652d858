package io.tidelock.scenarios.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.service.TwoRegionsPolicy;
import io.tidelock.scenarios.traffic.TrafficPlan;
import io.tidelock.scenarios.traffic.TrafficWriter;
import io.tidelock.scenarios.verify.BucketReader;
import io.tidelock.scenarios.verify.Difference;
import io.tidelock.scenarios.verify.Difference.Kind;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import io.tidelock.scenarios.verify.SideBySide;
import io.tidelock.scenarios.verify.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

class TamperTest {
    private static final long OBJECTS = 100;

    private final Sandbox sandbox = Sandbox.twoRegions();
    private final S3Client source = client(TwoRegions.PARIS, TwoRegions.SOURCE_ACCOUNT);
    private final S3Client replica = client(TwoRegions.FRANKFURT, TwoRegions.DESTINATION_ACCOUNT);

    @BeforeEach
    void replicate() throws Exception {
        try (var writer = new TrafficWriter(source, TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN)) {
            writer.write(new TrafficPlan(5, 20 * 1024 * 1024), OBJECTS, 0, () -> false);
        }
        new PlainCopier(sandbox, source).copy();
    }

    @AfterEach
    void close() {
        source.close();
        replica.close();
        sandbox.close();
    }

    @Test
    void an_honest_copy_of_all_traffic_shows_no_difference() throws Exception {
        // When
        var verification = verify();

        // Then
        assertThat(verification.differences()).isEmpty();
        assertThat(verification.versions()).isEqualTo(OBJECTS);
        assertThat(verification.markers()).isPositive();
        assertThat(verification.bytes()).isGreaterThan(20 * 1024 * 1024);
    }

    @ParameterizedTest
    @CsvSource({"BYTE, BYTES", "ORDER, ORDER", "OWNER, OWNER", "TAG, TAGS"})
    void each_damage_shows_as_one_difference_of_its_kind(Tamper tamper, Kind kind) throws Exception {
        // When
        tamper.apply(sandbox.bucket(TwoRegions.DESTINATION_BUCKET));

        // Then
        assertThat(verify().differences()).extracting(Difference::kind).containsExactly(kind);
    }

    private Verification verify() throws InterruptedException {
        return SideBySide.compare(
                new BucketReader(source, TwoRegions.SOURCE_BUCKET),
                new BucketReader(replica, TwoRegions.DESTINATION_BUCKET),
                TwoRegionsPolicy.of(sandbox, History.EXACT));
    }

    private S3Client client(String regionName, String accountId) {
        var region = sandbox.region(regionName);
        return S3Clients.of(region.endpoint(), region.region(), sandbox.keyOf(accountId));
    }
}

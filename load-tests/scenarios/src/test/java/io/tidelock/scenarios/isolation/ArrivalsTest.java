package io.tidelock.scenarios.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.scenarios.service.S3Clients;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class ArrivalsTest {
    private static final String ACCOUNT = "111122223333";
    private static final Set<String> TO = Set.of("near", "far");

    private final Sandbox sandbox = Sandbox.builder()
            .region("paris", "eu-west-3")
            .account(ACCOUNT, "account")
            .bucket("from", "paris", ACCOUNT, Ownership.BUCKET_OWNER_ENFORCED)
            .bucket("near", "paris", ACCOUNT, Ownership.BUCKET_OWNER_ENFORCED)
            .bucket("far", "paris", ACCOUNT, Ownership.BUCKET_OWNER_ENFORCED)
            .start();
    private final S3Client client = S3Clients.of(
            sandbox.region("paris").endpoint(), sandbox.region("paris").region(), sandbox.keyOf(ACCOUNT));
    private final AtomicLong millis = new AtomicLong();
    private final Arrivals arrivals = new Arrivals("from", TO, () -> millis.get() * 1_000_000);

    @AfterEach
    void close() {
        client.close();
        sandbox.close();
    }

    @Test
    void a_lag_counts_for_its_destination_and_for_when_the_version_was_written() throws Exception {
        // Given
        sandbox.world().listen(arrivals);
        put("from", "key");
        millis.set(10);
        put("near", "key");
        var second = arrivals.nextStretch();
        put("from", "key");

        // When
        millis.set(40);
        put("near", "key");
        put("far", "key");

        // Then
        assertThat(arrivals.lags(0, Set.of("near"))).isEqualTo(new Lags(1, 10, 10, 10));
        assertThat(arrivals.lags(second, Set.of("near"))).isEqualTo(new Lags(1, 30, 30, 30));
        assertThat(arrivals.lags(0, TO)).isEqualTo(new Lags(2, 10, 40, 40));
        assertThat(arrivals.lags(second, Set.of("far"))).isEqualTo(new Lags(0, 0, 0, 0));
        assertThat(arrivals.pending("far")).isEqualTo(1);
        assertThat(arrivals.await("far", 0, Duration.ZERO)).isTrue();
        assertThat(arrivals.await("far", second, Duration.ZERO)).isFalse();
    }

    @Test
    void a_copy_that_nobody_waits_for_is_counted() {
        // Given
        sandbox.world().listen(arrivals);
        put("from", "key");
        put("near", "key");

        // When
        put("near", "key");

        // Then
        assertThat(arrivals.unexpected()).isEqualTo(1);
        assertThat(arrivals.written()).isEqualTo(1);
        assertThat(arrivals.pending("far")).isEqualTo(1);
    }

    private void put(String bucket, String key) {
        client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("bytes"));
    }
}

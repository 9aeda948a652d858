package io.tidelock.replicator.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class S3SettingsTest {
    private static final S3Credentials KEYS = new S3Credentials.Static("AKIDEXAMPLE", "wJalrXUtnFEMI");

    @Test
    void no_text_of_settings_tells_a_secret() {
        // Given
        var role = new S3Credentials.AssumeRole("arn:aws:iam::444455556666:role/r", "hush-hush", null, KEYS);

        // When
        var text = S3Settings.of("lyon", Vendor.AWS, "eu-west-3", null, role).toString();

        // Then
        assertThat(text).contains("AKIDEXAMPLE").doesNotContain("wJalrXUtnFEMI").doesNotContain("hush-hush");
    }

    @Test
    void settings_that_cannot_work_are_refused_by_name() {
        assertThatThrownBy(() -> S3Settings.of("lyon", Vendor.CEPH, "r", null, KEYS))
                .hasMessageContaining("stores.lyon.endpoint");
    }

    @Test
    void a_store_that_nobody_serves_is_unavailable() throws IOException {
        // Given
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var settings = S3Settings.of("dead", Vendor.GENERIC, "r", URI.create("http://127.0.0.1:" + port), KEYS);

        // When / Then
        try (var store = new S3ObjectStore(settings)) {
            assertThatThrownBy(() -> store.head(new ObjectKey(new Bucket("dead", "b"), "k")))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.UNAVAILABLE));
        }
    }
}

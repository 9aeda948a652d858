package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.MFADelete;
import software.amazon.awssdk.services.s3.model.MFADeleteStatus;

class MfaDeleteTest {
    private static final String FACTOR = "arn:aws:iam::111122223333:mfa/alice 123456";

    @Test
    void versions_are_removed_only_with_a_second_factor_once_that_is_asked_for(@TempDir Path bodies) {
        try (var world = new ServedWorld(bodies)) {
            // Given
            var s3 = world.alice;
            var bucket = world.bucket(Versioning.ENABLED);
            var version = world.put(bucket, "key", "bytes");
            refusal(
                    "AccessDenied",
                    () -> s3.putBucketVersioning(request -> request.bucket(bucket.name())
                            .versioningConfiguration(
                                    wanted -> wanted.status("Enabled").mfaDelete(MFADelete.ENABLED))));
            // When
            s3.putBucketVersioning(request -> request.bucket(bucket.name())
                    .mfa(FACTOR)
                    .versioningConfiguration(wanted -> wanted.status("Enabled").mfaDelete(MFADelete.ENABLED)));
            // Then
            assertThat(s3.getBucketVersioning(request -> request.bucket(bucket.name()))
                            .mfaDelete())
                    .isEqualTo(MFADeleteStatus.ENABLED);
            refusal(
                    "AccessDenied",
                    () -> s3.deleteObject(
                            request -> request.bucket(bucket.name()).key("key").versionId(version)));
            refusal(
                    "AccessDenied",
                    () -> s3.putBucketVersioning(request -> request.bucket(bucket.name())
                            .versioningConfiguration(wanted -> wanted.status("Suspended"))));
            s3.deleteObject(request ->
                    request.bucket(bucket.name()).key("key").versionId(version).mfa(FACTOR));
            assertThat(bucket.versions("key")).isEmpty();
        }
    }
}

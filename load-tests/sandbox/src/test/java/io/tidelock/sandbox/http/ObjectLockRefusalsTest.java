package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.ObjectLockRule;
import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;

/** Locks and lock configurations that S3 would not take. */
class ObjectLockRefusalsTest {
    private static final Instant SOON = Instant.parse("2101-02-03T04:05:06Z");

    @TempDir
    private static Path bodies;

    private static ServedWorld world;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        world = new ServedWorld(bodies);
        s3 = world.alice;
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static BucketState lockable() {
        var bucket = world.bucket(Versioning.ENABLED);
        bucket.setObjectLock(ObjectLockRule.BARE);
        return bucket;
    }

    @Test
    void without_object_lock_nothing_is_locked() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var version = world.put(bucket, "key", "bytes");
        var unversioned = world.bucket();
        // Then
        refusal(
                "InvalidRequest",
                () -> s3.putObject(
                        request -> request.bucket(bucket.name())
                                .key("key")
                                .objectLockMode(ObjectLockMode.GOVERNANCE)
                                .objectLockRetainUntilDate(SOON),
                        RequestBody.fromString("bytes")));
        refusal(
                "InvalidRequest",
                () -> s3.putObjectLegalHold(request -> request.bucket(bucket.name())
                        .key("key")
                        .versionId(version)
                        .legalHold(hold -> hold.status(ObjectLockLegalHoldStatus.ON))));
        refusal(
                "ObjectLockConfigurationNotFoundError",
                () -> s3.getObjectLockConfiguration(request -> request.bucket(bucket.name())));
        refusal(
                "InvalidBucketState",
                () -> s3.putObjectLockConfiguration(request -> request.bucket(unversioned.name())
                        .objectLockConfiguration(configuration -> configuration.objectLockEnabled("Enabled"))));
    }

    @Test
    void what_cannot_be_a_lock_is_refused() throws Exception {
        // Given
        var bucket = lockable();
        var path = "/" + bucket.name() + "/key";
        var mode = "x-amz-object-lock-mode";
        var until = "x-amz-object-lock-retain-until-date";
        var md5 = "S3JE4lbAxKiFpN9ZkLHfZA==";
        // Then
        assertThat(world.send("PUT", path, "bytes", mode, "GOVERNANCE").body()).contains("must both be supplied");
        assertThat(world.send("PUT", path, "bytes", mode, "SOFT", until, SOON.toString())
                        .body())
                .contains("Unknown wormMode directive.");
        assertThat(world.send("PUT", path, "bytes", mode, "GOVERNANCE", until, "2001-01-01T00:00:00Z")
                        .body())
                .contains("must be in the future!");
        assertThat(world.send("PUT", path, "bytes", mode, "GOVERNANCE", until, "tomorrow")
                        .body())
                .contains("ISO 8601");
        assertThat(world.send("PUT", path, "bytes", "x-amz-object-lock-legal-hold", "MAYBE", "content-md5", md5)
                        .body())
                .contains("Legal Hold must be either of");
        assertThat(world.send("PUT", path, "bytes", mode, "GOVERNANCE", until, SOON.toString())
                        .body())
                .contains("Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests");
        assertThat(world.send("PUT", path, "bytes", "x-amz-object-lock-legal-hold", "ON")
                        .body())
                .contains("Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests");
        assertThat(bucket.versions("key")).isEmpty();
    }

    @Test
    void a_configuration_that_cannot_be_is_refused() throws Exception {
        // Given
        var bucket = lockable();
        var start = "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>"
                + "<Mode>GOVERNANCE</Mode>";
        var end = "</DefaultRetention></Rule></ObjectLockConfiguration>";
        for (var period : new String[] {"", "<Days>1</Days><Years>1</Years>", "<Days>many</Days>"}) {
            // When
            var answer = world.send("PUT", "/" + bucket.name() + "?object-lock", start + period + end);
            // Then
            assertThat(answer.body()).as(period).contains("<Code>MalformedXML</Code>");
        }
        for (var period : new String[] {"<Days>0</Days>", "<Years>101</Years>"}) {
            var answer = world.send("PUT", "/" + bucket.name() + "?object-lock", start + period + end);
            assertThat(answer.body()).as(period).contains("<Code>InvalidArgument</Code>");
        }
        assertThat(bucket.objectLock()).contains(ObjectLockRule.BARE);
    }
}

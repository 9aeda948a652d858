package io.tidelock.sandbox.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.StsException;

/** The SDK with its default settings: chunked bodies, checksums behind them, 100-continue, retries. */
class SdkDefaultsTest {
    private static @Nullable SandboxServer running;

    @BeforeAll
    static void start(@TempDir Path bodies) {
        running = new SandboxServer(bodies);
        running.client().createBucket(b -> b.bucket("tide"));
    }

    @AfterAll
    static void stop() {
        server().close();
    }

    private static SandboxServer server() {
        return Objects.requireNonNull(running);
    }

    private static S3AsyncClient async(boolean multipart) {
        return S3AsyncClient.builder()
                .endpointOverride(server().endpoint())
                .region(Region.of(SandboxServer.REGION))
                .credentialsProvider(SandboxServer.credentials(SandboxServer.OWNER_KEY))
                .forcePathStyle(true)
                .multipartEnabled(multipart)
                .build();
    }

    private static byte[] bytes(int length) {
        return FileTree.bytes(new Random(length), length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_191, 8_192, 65_536, 131_072, 1_048_576, 3_000_001})
    void bodies_of_any_size_go_there_and_back(int length) {
        // Given
        var content = bytes(length);
        // When
        server().client().putObject(b -> b.bucket("tide").key("sync"), RequestBody.fromBytes(content));
        // Then
        var read = server().client().getObjectAsBytes(b -> b.bucket("tide").key("sync"));
        assertThat(read.asByteArrayUnsafe()).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_191, 8_192, 65_536, 131_072, 1_048_576, 3_000_001})
    void bodies_of_any_size_go_there_and_back_asynchronously(int length) {
        var content = bytes(length);
        try (var s3 = async(false)) {
            s3.putObject(b -> b.bucket("tide").key("async"), AsyncRequestBody.fromBytes(content))
                    .join();
            var read = s3.getObject(b -> b.bucket("tide").key("async"), AsyncResponseTransformer.toBytes())
                    .join();
            assertThat(read.asByteArrayUnsafe()).isEqualTo(content);
        }
    }

    @Test
    void a_large_body_goes_in_parts_by_itself() {
        var content = bytes(20 * 1024 * 1024);
        try (var s3 = async(true)) {
            s3.putObject(b -> b.bucket("tide").key("parts"), AsyncRequestBody.fromBytes(content))
                    .join();
            var read = s3.getObject(b -> b.bucket("tide").key("parts"), AsyncResponseTransformer.toBytes())
                    .join();
            assertThat(read.asByteArrayUnsafe()).isEqualTo(content);
            assertThat(read.response().eTag()).contains("-");
            s3.copyObject(b -> b.sourceBucket("tide")
                            .sourceKey("parts")
                            .destinationBucket("tide")
                            .destinationKey("parts copy"))
                    .join();
            assertThat(s3.headObject(b -> b.bucket("tide").key("parts copy"))
                            .join()
                            .contentLength())
                    .isEqualTo(content.length);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "SHA1", "SHA256"})
    void a_checksum_of_any_kind_is_sent_behind_the_body_and_shown(ChecksumAlgorithm algorithm) {
        var put = server().client()
                .putObject(
                        b -> b.bucket("tide").key("checked").checksumAlgorithm(algorithm),
                        RequestBody.fromBytes(bytes(100_000)));
        var head = server().client()
                .headObject(b -> b.bucket("tide").key("checked").checksumMode(ChecksumMode.ENABLED));
        var shown = switch (algorithm) {
            case CRC32 -> new String[] {put.checksumCRC32(), head.checksumCRC32()};
            case SHA1 -> new String[] {put.checksumSHA1(), head.checksumSHA1()};
            default -> new String[] {put.checksumSHA256(), head.checksumSHA256()};
        };
        assertThat(shown[0]).isNotNull().isEqualTo(shown[1]);
    }

    @Test
    void lists_and_batches_work_asynchronously() {
        try (var s3 = async(false)) {
            s3.createBucket(b -> b.bucket("async-lists")).join();
            for (var key : new String[] {"a", "b", "c"}) {
                s3.putObject(b -> b.bucket("async-lists").key(key), AsyncRequestBody.fromString(key))
                        .join();
            }
            var listed =
                    s3.listObjectsV2(b -> b.bucket("async-lists").maxKeys(2)).join();
            assertThat(listed.contents()).hasSize(2);
            assertThat(listed.isTruncated()).isTrue();
            assertThat(s3.listObjectVersions(b -> b.bucket("async-lists"))
                            .join()
                            .versions())
                    .hasSize(3);
            var deleted = s3.deleteObjects(b ->
                            b.bucket("async-lists").delete(d -> d.objects(List.of(named("a"), named("b")))))
                    .join();
            assertThat(deleted.deleted()).hasSize(2);
            assertThat(s3.listBuckets().join().buckets())
                    .anySatisfy(bucket -> assertThat(bucket.name()).isEqualTo("async-lists"));
        }
    }

    private static ObjectIdentifier named(String key) {
        return ObjectIdentifier.builder().key(key).build();
    }

    @Test
    void an_error_is_the_sdks_own_exception() {
        try (var s3 = async(false)) {
            assertThat(catchThrowableOfType(
                            CompletionException.class,
                            () -> s3.headObject(b -> b.bucket("tide").key("none"))
                                    .join()))
                    .cause()
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            missing -> assertThat(missing.statusCode()).isEqualTo(404));
        }
    }

    @Test
    void presigned_addresses_read_and_write_for_anybody() throws Exception {
        try (var http = HttpClient.newHttpClient();
                var presigner = S3Presigner.builder()
                        .endpointOverride(server().endpoint())
                        .region(Region.of(SandboxServer.REGION))
                        .credentialsProvider(SandboxServer.credentials(SandboxServer.OWNER_KEY))
                        .serviceConfiguration(S3Configuration.builder()
                                .pathStyleAccessEnabled(true)
                                .build())
                        .build()) {
            // Given
            var put = presigner.presignPutObject(p -> p.signatureDuration(Duration.ofMinutes(5))
                    .putObjectRequest(r -> r.bucket("tide").key("by address ä")));
            var get = presigner.presignGetObject(p -> p.signatureDuration(Duration.ofMinutes(5))
                    .getObjectRequest(r -> r.bucket("tide").key("by address ä")));
            // When
            var written = http.send(
                    HttpRequest.newBuilder(put.url().toURI())
                            .PUT(HttpRequest.BodyPublishers.ofString("by anybody"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            var read =
                    http.send(HttpRequest.newBuilder(get.url().toURI()).build(), HttpResponse.BodyHandlers.ofString());
            // Then
            assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
            assertThat(read.body()).isEqualTo("by anybody");
            var changed = URI.create(get.url().toString().replace("/tide/", "/tide/x"));
            var refused = http.send(HttpRequest.newBuilder(changed).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("<Code>SignatureDoesNotMatch</Code>");
        }
    }

    @Test
    void a_role_is_assumed_and_its_objects_belong_to_its_account() {
        try (var sts = sts();
                var credentials = StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(sts)
                        .refreshRequest(r -> r.roleArn(SandboxServer.ROLE)
                                .roleSessionName("sdk")
                                .externalId(SandboxServer.EXTERNAL_ID))
                        .build();
                var s3 = server().clientOf(credentials)) {
            // When
            s3.createBucket(b -> b.bucket("of-the-role"));
            s3.putObject(b -> b.bucket("of-the-role").key("k"), RequestBody.fromString("x"));
            // Then
            var listed = s3.listObjectVersions(b -> b.bucket("of-the-role"));
            assertThat(listed.versions())
                    .singleElement()
                    .satisfies(version -> assertThat(version.owner().id())
                            .isEqualTo(s3.listBuckets().owner().id()));
            assertThat(sts.getCallerIdentity().account()).isEqualTo(SandboxServer.OWNER);
        }
    }

    @Test
    void a_role_that_does_not_trust_is_denied_in_stss_own_words() {
        try (var sts = sts()) {
            var denied = catchThrowableOfType(
                    StsException.class,
                    () -> sts.assumeRole(r -> r.roleArn(SandboxServer.ROLE).roleSessionName("sdk")));
            assertThat(denied.statusCode()).isEqualTo(403);
            assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        }
    }

    private static StsClient sts() {
        return StsClient.builder()
                .endpointOverride(server().endpoint())
                .region(Region.of(SandboxServer.REGION))
                .credentialsProvider(SandboxServer.credentials(SandboxServer.OWNER_KEY))
                .build();
    }
}

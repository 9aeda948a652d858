package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.sandbox.fault.Fault;
import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Versioning;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Faults on demand, as a client of the SDK that tries once sees them, and as one with its defaults survives them. */
class FaultsOnTheWireTest {
    @TempDir
    private static Path bodies;

    private static ServedWorld world;
    private static S3Client once;

    private BucketState bucket;

    @BeforeAll
    static void start() {
        world = new ServedWorld(bodies);
        var key = ServedWorld.ALICE.accessKeys().getFirst();
        once = S3Client.builder()
                .endpointOverride(world.paris.endpoint())
                .region(Region.of(ServedWorld.PARIS))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .forcePathStyle(true)
                .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @AfterAll
    static void stop() {
        once.close();
        world.close();
    }

    @BeforeEach
    void aBucket() {
        bucket = world.bucket(Versioning.ENABLED);
    }

    @AfterEach
    void noFaults() {
        world.paris.faults().clear();
    }

    private void cause(String operation, Fault fault) {
        world.paris.faults().at(bucket.name(), operation).times(1).cause(fault);
    }

    private void put(String key, byte[] bytes) {
        once.putObject(request -> request.bucket(bucket.name()).key(key), RequestBody.fromBytes(bytes));
    }

    private byte[] get(String key) {
        return once.getObjectAsBytes(
                        request -> request.bucket(bucket.name()).key(key).checksumMode(ChecksumMode.ENABLED))
                .asByteArray();
    }

    private long lost(String operation) {
        return world.paris.lostAnswers().of(bucket.name(), operation);
    }

    private static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Test
    void slow_down_and_internal_errors_come_without_effect() {
        // Given
        cause("PutObject", new Fault.SlowDown());
        // When
        var slow = refusal("SlowDown", () -> put("key", bytes(10)));
        cause("PutObject", new Fault.ServerError());
        var broken = refusal("InternalError", () -> put("key", bytes(10)));
        // Then
        assertThat(slow.statusCode()).isEqualTo(503);
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(bucket.versions("key")).isEmpty();
        assertThat(lost("PutObject")).isZero();
    }

    @Test
    void the_sdk_tries_again_and_gets_through() {
        // Given
        world.paris.faults().at(bucket.name(), "PutObject").times(2).cause(new Fault.SlowDown());
        world.paris.faults().at(bucket.name(), "GetObject").times(2).cause(new Fault.ServerError());
        // When
        world.put(bucket, "key", "bytes");
        // Then
        assertThat(world.get(bucket, "key")).isEqualTo("bytes");
        assertThat(bucket.versions("key")).hasSize(1);
    }

    @Test
    void throttled_kms_is_told_as_s3_passes_it_on() {
        // Given
        cause("PutObject", new Fault.KmsThrottled());
        // Then
        assertThat(refusal("ThrottlingException", () -> put("key", bytes(10))).statusCode())
                .isEqualTo(400);
    }

    @Test
    void an_operation_is_denied_on_command_until_it_is_allowed_again() {
        // Given
        world.put(bucket, "key", "bytes");
        var denied = world.paris.faults().at(bucket.name(), "GetObject").cause(new Fault.Denied());
        // When
        refusal("AccessDenied", () -> get("key"));
        refusal("AccessDenied", () -> get("key"));
        denied.remove();
        // Then
        assertThat(get("key")).hasSize(5);
        assertThat(denied.struck()).isEqualTo(2);
    }

    @Test
    void a_reset_before_the_effect_leaves_nothing() {
        // Given
        cause("PutObject", new Fault.ResetBefore());
        // Then
        assertThatThrownBy(() -> put("key", bytes(10))).isInstanceOf(SdkClientException.class);
        assertThat(bucket.versions("key")).isEmpty();
        assertThat(lost("PutObject")).isZero();
    }

    @Test
    void a_reset_after_the_effect_is_counted_as_a_lost_answer() {
        // Given
        cause("PutObject", new Fault.ResetAfter());
        // Then
        assertThatThrownBy(() -> put("key", bytes(10))).isInstanceOf(SdkClientException.class);
        assertThat(bucket.versions("key")).hasSize(1);
        assertThat(world.paris.lostAnswers().byOperation(bucket.name())).isEqualTo(Map.of("PutObject", 1L));
    }

    @Test
    void a_client_that_tries_again_after_a_lost_answer_makes_a_second_version() {
        // Given
        cause("PutObject", new Fault.ResetAfter());
        // When
        world.put(bucket, "key", "bytes");
        // Then
        assertThat(bucket.versions("key")).hasSize(2);
        assertThat(lost("PutObject")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DeleteObject", "CopyObject", "PutObjectTagging"})
    void other_changes_lose_their_answers_too(String operation) {
        // Given
        world.put(bucket, "key", "bytes");
        cause(operation, new Fault.ServerErrorAfterEffect());
        // When
        var refused = refusal("InternalError", () -> {
            switch (operation) {
                case "DeleteObject" ->
                    once.deleteObject(request -> request.bucket(bucket.name()).key("key"));
                case "CopyObject" ->
                    once.copyObject(request -> request.sourceBucket(bucket.name())
                            .sourceKey("key")
                            .destinationBucket(bucket.name())
                            .destinationKey("copy"));
                default ->
                    once.putObjectTagging(request ->
                            request.bucket(bucket.name()).key("key").tagging(tagging -> tagging.tagSet(List.of())));
            }
        });
        // Then
        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(lost(operation)).isEqualTo(1);
        assertThat(world.changesOf(bucket)).hasSize(2);
    }

    @Test
    void reads_lose_no_answers_that_count() {
        // Given
        world.put(bucket, "key", "bytes");
        cause("GetObject", new Fault.ResetAfter());
        // Then
        assertThatThrownBy(() -> get("key")).isInstanceOf(SdkClientException.class);
        assertThat(lost("GetObject")).isZero();
    }

    @Test
    void a_refused_change_took_no_effect_and_lost_nothing() {
        // Given
        cause("PutObject", new Fault.ResetAfter());
        // When
        refusal(
                "InvalidStorageClass",
                () -> once.putObject(
                        request -> request.bucket(bucket.name()).key("key").storageClass("NONE"),
                        RequestBody.fromString("bytes")));
        // Then
        assertThat(lost("PutObject")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 3_000_000})
    void a_body_is_cut_off_where_it_is_said(int size) {
        // Given
        put("key", bytes(size));
        cause("GetObject", new Fault.TruncatedAnswer(100));
        // Then
        assertThatThrownBy(() -> get("key")).isInstanceOf(SdkClientException.class);
        assertThat(get("key")).isEqualTo(bytes(size));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 3_000_000})
    void a_corrupted_body_is_noticed_by_its_checksum(int size) {
        // Given
        put("key", bytes(size));
        cause("GetObject", new Fault.CorruptedAnswer());
        // Then
        assertThatThrownBy(() -> get("key"))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("checksum");
        assertThat(get("key")).isEqualTo(bytes(size));
    }

    @Test
    void one_byte_of_a_corrupted_body_is_another() throws Exception {
        // Given
        world.put(bucket, "key", "0123456789");
        world.open.faults().at(bucket.name(), "GetObject").times(1).cause(new Fault.CorruptedAnswer());
        // When
        var answer = world.send("GET", "/" + bucket.name() + "/key", "");
        // Then
        assertThat(answer.body())
                .hasSize(10)
                .startsWith("01234")
                .endsWith("6789")
                .isNotEqualTo("0123456789");
    }

    @Test
    void documents_are_cut_and_corrupted_as_well() throws Exception {
        // Given
        world.open.faults().at(bucket.name(), "ListObjectsV2").times(1).cause(new Fault.TruncatedAnswer(20));
        // Then
        assertThatThrownBy(() -> world.send("GET", "/" + bucket.name() + "?list-type=2", ""))
                .isInstanceOf(IOException.class);
        world.open.faults().at(bucket.name(), "GetBucketLocation").times(1).cause(new Fault.CorruptedAnswer());
        assertThat(world.send("GET", "/" + bucket.name() + "?location", "").body())
                .isNotEqualTo(
                        world.send("GET", "/" + bucket.name() + "?location", "").body());
    }

    @Test
    void bytes_that_are_corrupted_on_their_way_in_do_not_match_their_checksum() {
        // Given
        cause("PutObject", new Fault.CorruptedRequest());
        // Then
        assertThat(refusal("BadDigest", () -> put("key", bytes(1_000))).statusCode())
                .isEqualTo(400);
        assertThat(bucket.versions("key")).isEmpty();
    }

    @Test
    void an_upload_is_cut_while_it_is_read() {
        // Given
        cause("PutObject", new Fault.ResetWhileReading(1_000_000));
        // Then
        assertThatThrownBy(() -> put("key", bytes(5_000_000))).isInstanceOf(SdkClientException.class);
        assertThat(bucket.versions("key")).isEmpty();
        put("key", bytes(5_000_000));
        assertThat(get("key")).isEqualTo(bytes(5_000_000));
    }

    @Test
    void a_delayed_request_takes_effect_although_its_client_gave_up() {
        // Given
        cause("PutObject", new Fault.Delay(Duration.ofSeconds(2)));
        // When
        assertThatThrownBy(() -> once.putObject(
                        request -> request.bucket(bucket.name())
                                .key("key")
                                .overrideConfiguration(call -> call.apiCallTimeout(Duration.ofMillis(300))),
                        RequestBody.fromString("bytes")))
                .isInstanceOf(SdkClientException.class);
        // Then
        assertThat(bucket.versions("key")).isEmpty();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !bucket.versions("key").isEmpty());
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> lost("PutObject") == 1);
    }

    @Test
    void a_request_that_is_never_answered_has_no_effect_and_stops_nobody_else() {
        // Given
        cause("PutObject", new Fault.NoAnswer());
        // When
        assertThatThrownBy(() -> once.putObject(
                        request -> request.bucket(bucket.name())
                                .key("key")
                                .overrideConfiguration(call -> call.apiCallTimeout(Duration.ofMillis(300))),
                        RequestBody.fromString("bytes")))
                .isInstanceOf(SdkClientException.class);
        put("key", bytes(10));
        // Then
        assertThat(bucket.versions("key")).hasSize(1);
        assertThat(lost("PutObject")).isZero();
    }

    @Test
    void a_late_answer_comes_after_the_effect() {
        // Given
        cause("PutObject", new Fault.LateAnswer(Duration.ofSeconds(2)));
        // When
        assertThatThrownBy(() -> once.putObject(
                        request -> request.bucket(bucket.name())
                                .key("key")
                                .overrideConfiguration(call -> call.apiCallTimeout(Duration.ofSeconds(1))),
                        RequestBody.fromString("bytes")))
                .isInstanceOf(SdkClientException.class);
        // Then
        assertThat(bucket.versions("key")).hasSize(1);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> lost("PutObject") == 1);
    }

    @Test
    void a_region_goes_away_and_comes_back_at_the_same_address() {
        // Given
        put("key", bytes(10));
        var endpoint = world.paris.endpoint();
        // When
        world.paris.stop();
        // Then
        assertThatThrownBy(() -> get("key")).isInstanceOf(SdkClientException.class);
        world.paris.restart();
        assertThat(world.paris.endpoint()).isEqualTo(endpoint);
        assertThat(get("key")).isEqualTo(bytes(10));
    }

    @Test
    void each_request_about_an_account_can_be_denied() throws Exception {
        // Given
        world.open.faults().at("", "GetAccountPublicAccessBlock").times(1).cause(new Fault.Denied());
        // When
        var answer = world.send(
                "GET", "/v20180820/configuration/publicAccessBlock", "", "x-amz-account-id", ServedWorld.ALICE.id());
        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void every_operation_of_a_bucket_document_can_be_denied_over_the_wire() {
        for (var operation :
                new String[] {"GetBucketPolicy", "GetBucketAcl", "GetPublicAccessBlock", "GetBucketLogging"}) {
            cause(operation, new Fault.Denied());
        }
        // Then
        denied(() -> once.getBucketPolicy(request -> request.bucket(bucket.name())));
        denied(() -> once.getBucketAcl(request -> request.bucket(bucket.name())));
        denied(() -> once.getPublicAccessBlock(request -> request.bucket(bucket.name())));
        denied(() -> once.getBucketLogging(request -> request.bucket(bucket.name())));
    }

    private static void denied(ThrowingCallable call) {
        S3Exception refused = refusal("AccessDenied", call);
        assertThat(refused.statusCode()).isEqualTo(403);
    }
}

package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.KmsKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

class EncryptionTest {
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

    private static PutObjectResponse put(BucketState bucket, Consumer<PutObjectRequest.Builder> more) {
        return s3.putObject(
                request -> {
                    request.bucket(bucket.name()).key("key");
                    more.accept(request);
                },
                RequestBody.fromString("bytes"));
    }

    private static PutObjectResponse putWithKey(BucketState bucket, String keyId) {
        return put(
                bucket,
                request -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(keyId));
    }

    /** A key of Alice's in Paris that nobody else uses. */
    private static KmsKey key(String id, KmsKey.State state, String... aliases) {
        var key = new KmsKey(ServedWorld.PARIS, ServedWorld.ALICE.id(), id, Set.of(aliases), Set.of(), state);
        world.world.kmsKeys().put(key);
        return key;
    }

    private static void setDefault(BucketState bucket, KmsKey key) {
        var rule = ServerSideEncryptionRule.builder()
                .bucketKeyEnabled(true)
                .applyServerSideEncryptionByDefault(standard ->
                        standard.sseAlgorithm(ServerSideEncryption.AWS_KMS).kmsMasterKeyID(key.arn()))
                .build();
        s3.putBucketEncryption(request -> request.bucket(bucket.name())
                .serverSideEncryptionConfiguration(configuration -> configuration.rules(rule)));
    }

    @Test
    void everything_is_encrypted_by_s3_unless_somebody_says_otherwise() {
        // Given
        var bucket = world.bucket();
        // When
        var written = put(bucket, _ -> {});
        // Then
        assertThat(written.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
        assertThat(s3.getBucketEncryption(request -> request.bucket(bucket.name()))
                        .serverSideEncryptionConfiguration()
                        .rules()
                        .getFirst()
                        .applyServerSideEncryptionByDefault()
                        .sseAlgorithm())
                .isEqualTo(ServerSideEncryption.AES256);
    }

    @Test
    void a_kms_key_is_told_by_its_arn_however_it_was_named() {
        // Given
        var bucket = world.bucket();
        var key = key("0b0b0b0b-1111-2222-3333-444444444444", KmsKey.State.ENABLED, "alias/photos");
        for (var name :
                List.of(key.keyId(), key.arn(), "alias/photos", "arn:aws:kms:eu-west-3:111122223333:alias/photos")) {
            // When
            var written = putWithKey(bucket, name);
            var head = s3.headObject(request -> request.bucket(bucket.name()).key("key"));
            // Then
            assertThat(written.ssekmsKeyId()).isEqualTo(key.arn());
            assertThat(head.ssekmsKeyId()).isEqualTo(key.arn());
            assertThat(head.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
            assertThat(world.get(bucket, "key")).isEqualTo("bytes");
        }
    }

    @Test
    void an_etag_under_kms_is_no_md5_of_the_bytes() {
        // Given
        var bucket = world.bucket();
        // When
        var plain = put(bucket, _ -> {});
        var first = putWithKey(bucket, ServedWorld.PARIS_KEY.arn());
        var second = putWithKey(bucket, ServedWorld.PARIS_KEY.arn());
        // Then
        assertThat(first.eTag())
                .matches("\"[0-9a-f]{32}\"")
                .isNotEqualTo(plain.eTag())
                .isNotEqualTo(second.eTag());
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:kms:eu-west-3:111122223333:key/00000000-0000-0000-0000-000000000000, KMS.NotFoundException",
        "no-such-key, KMS.NotFoundException",
        "alias/none, KMS.NotFoundException",
        "arn:aws:kms:eu-central-1:444455556666:key/99999999-8888-7777-6666-555555555555, KMS.NotFoundException"
    })
    void a_key_that_is_not_here_is_refused(String name, String code) {
        // Given
        var bucket = world.bucket();
        // Then
        refusal(code, () -> putWithKey(bucket, name));
        assertThat(bucket.versions("key")).isEmpty();
    }

    @Test
    void a_key_that_is_disabled_or_about_to_go_is_refused() {
        // Given
        var bucket = world.bucket();
        var disabled = key("d0d0d0d0-1111-2222-3333-444444444444", KmsKey.State.DISABLED);
        var leaving = key("e0e0e0e0-1111-2222-3333-444444444444", KmsKey.State.PENDING_DELETION);
        // Then
        refusal("KMS.DisabledException", () -> putWithKey(bucket, disabled.arn()));
        refusal("KMS.KMSInvalidStateException", () -> putWithKey(bucket, leaving.arn()));
        for (var state : List.of(KmsKey.State.PENDING_IMPORT, KmsKey.State.UNAVAILABLE)) {
            world.world.kmsKeys().setState(leaving.arn(), state);
            refusal("KMS.KMSInvalidStateException", () -> putWithKey(bucket, leaving.arn()));
        }
    }

    @Test
    void a_key_of_another_account_is_refused_unless_it_is_shared() {
        // Given
        var bucket = world.bucket();
        var closed = KmsKey.enabled(ServedWorld.PARIS, ServedWorld.BOB.id(), "c1c1c1c1-1111-2222-3333-444444444444");
        var shared = new KmsKey(
                ServedWorld.PARIS,
                ServedWorld.BOB.id(),
                "c2c2c2c2-1111-2222-3333-444444444444",
                Set.of(),
                Set.of(ServedWorld.ALICE.id()),
                KmsKey.State.ENABLED);
        world.world.kmsKeys().put(closed);
        world.world.kmsKeys().put(shared);
        // Then
        refusal("AccessDenied", () -> putWithKey(bucket, closed.arn()));
        assertThat(putWithKey(bucket, shared.arn()).ssekmsKeyId()).isEqualTo(shared.arn());
    }

    @Test
    void the_policy_of_a_key_decides_who_may_write_and_read_with_it() {
        // Given
        var bucket = world.bucket();
        var key = key("a9a9a9a9-1111-2222-3333-444444444444", KmsKey.State.ENABLED);
        var policy = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "%s",
             "Resource": "*", "Condition": {"StringLike": {"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::%s/k*"}}}]}\
            """;
        // When
        world.world.kmsKeys().setPolicy(key.arn(), policy.formatted(ServedWorld.ALICE.id(), "kms:Gen*", bucket.name()));
        putWithKey(bucket, key.arn());
        // Then
        refusal("AccessDenied", () -> world.get(bucket, "key"));
        world.world.kmsKeys().setPolicy(key.arn(), policy.formatted(ServedWorld.ALICE.id(), "kms:Dec*", bucket.name()));
        assertThat(world.get(bucket, "key")).isEqualTo("bytes");
        refusal("AccessDenied", () -> putWithKey(bucket, key.arn()));
        world.world.kmsKeys().resetPolicy(key.arn());
        assertThat(putWithKey(bucket, key.arn()).ssekmsKeyId()).isEqualTo(key.arn());
    }

    @Test
    void an_object_cannot_be_read_while_its_key_is_disabled() {
        // Given
        var bucket = world.bucket();
        var key = key("f0f0f0f0-1111-2222-3333-444444444444", KmsKey.State.ENABLED);
        putWithKey(bucket, key.arn());
        // When
        world.world.kmsKeys().setState(key.arn(), KmsKey.State.DISABLED);
        // Then
        assertThat(refusal("KMS.DisabledException", () -> world.get(bucket, "key"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(s3.headObject(request -> request.bucket(bucket.name()).key("key"))
                        .ssekmsKeyId())
                .isEqualTo(key.arn());
        world.world.kmsKeys().setState(key.arn(), KmsKey.State.ENABLED);
        assertThat(world.get(bucket, "key")).isEqualTo("bytes");
    }

    @Test
    void the_buckets_default_applies_to_writes_that_say_nothing() {
        // Given
        var bucket = world.bucket();
        setDefault(bucket, ServedWorld.PARIS_KEY);
        // When
        var quiet = put(bucket, _ -> {});
        var loud = put(bucket, request -> request.serverSideEncryption(ServerSideEncryption.AES256));
        var uploaded = s3.createMultipartUpload(
                request -> request.bucket(bucket.name()).key("parts"));
        // Then
        assertThat(quiet.ssekmsKeyId()).isEqualTo(ServedWorld.PARIS_KEY.arn());
        assertThat(quiet.bucketKeyEnabled()).isTrue();
        assertThat(loud.ssekmsKeyId()).isNull();
        assertThat(uploaded.ssekmsKeyId()).isEqualTo(ServedWorld.PARIS_KEY.arn());
        s3.deleteBucketEncryption(request -> request.bucket(bucket.name()));
        assertThat(put(bucket, _ -> {}).serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
    }

    @Test
    void a_bad_default_key_is_taken_and_fails_the_writes() {
        // Given
        var bucket = world.bucket();
        setDefault(bucket, ServedWorld.FRANKFURT_KEY);
        // Then
        refusal("KMS.NotFoundException", () -> put(bucket, _ -> {}));
    }

    @Test
    void kms_without_a_key_uses_the_accounts_managed_one() {
        // Given
        var bucket = world.bucket();
        // When
        var written = put(bucket, request -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS));
        // Then
        assertThat(written.ssekmsKeyId()).startsWith("arn:aws:kms:eu-west-3:111122223333:key/");
        assertThat(world.get(bucket, "key")).isEqualTo("bytes");
    }

    @Test
    void headers_that_contradict_each_other_are_refused() {
        // Given
        var bucket = world.bucket();
        // Then
        refusal(
                "InvalidArgument",
                () -> put(
                        bucket,
                        request -> request.serverSideEncryption(ServerSideEncryption.AES256)
                                .ssekmsKeyId(ServedWorld.PARIS_KEY.arn())));
        refusal("InvalidEncryptionAlgorithmError", () -> put(bucket, request -> request.serverSideEncryption("rot13")));
    }

    @Test
    void two_layers_of_kms_are_told_apart_from_one_and_use_no_bucket_key() {
        // Given
        var bucket = world.bucket();
        var key = key("a2a2a2a2-1111-2222-3333-444444444444", KmsKey.State.ENABLED);
        // When
        var written = put(
                bucket,
                request -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS_DSSE)
                        .ssekmsKeyId(key.arn())
                        .bucketKeyEnabled(true));
        var head = s3.headObject(request -> request.bucket(bucket.name()).key("key"));
        // Then
        assertThat(written.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS_DSSE);
        assertThat(head.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS_DSSE);
        assertThat(head.ssekmsKeyId()).isEqualTo(key.arn());
        assertThat(head.bucketKeyEnabled()).isNull();
        assertThat(head.eTag()).isNotEqualTo("\"4b7244e256c0c4a885a4df5990b1df64\"");
        world.world.kmsKeys().setState(key.arn(), KmsKey.State.DISABLED);
        refusal("KMS.DisabledException", () -> world.get(bucket, "key"));
    }

    @Test
    void two_layers_of_kms_can_be_the_buckets_default() {
        // Given
        var bucket = world.bucket();
        var rule = ServerSideEncryptionRule.builder()
                .applyServerSideEncryptionByDefault(standard -> standard.sseAlgorithm(ServerSideEncryption.AWS_KMS_DSSE)
                        .kmsMasterKeyID(ServedWorld.PARIS_KEY.arn()))
                .build();
        // When
        s3.putBucketEncryption(request -> request.bucket(bucket.name())
                .serverSideEncryptionConfiguration(configuration -> configuration.rules(rule)));
        // Then
        assertThat(put(bucket, _ -> {}).serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS_DSSE);
        assertThat(s3.getBucketEncryption(request -> request.bucket(bucket.name()))
                        .serverSideEncryptionConfiguration()
                        .rules()
                        .getFirst()
                        .applyServerSideEncryptionByDefault()
                        .sseAlgorithm())
                .isEqualTo(ServerSideEncryption.AWS_KMS_DSSE);
    }
}

package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidelock.sandbox.model.BucketState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class CustomerKeyTest {
    private static final String PREFIX = "x-amz-server-side-encryption-customer-";
    private static final Key RIGHT = Key.of("0123456789abcdef0123456789abcdef");
    private static final Key WRONG = Key.of("fedcba9876543210fedcba9876543210");

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

    /** A key as it is sent. */
    private record Key(String base64, String md5) {
        static Key of(String raw) {
            try {
                var bytes = raw.getBytes(StandardCharsets.US_ASCII);
                var md5 = MessageDigest.getInstance("MD5").digest(bytes);
                return new Key(
                        Base64.getEncoder().encodeToString(bytes),
                        Base64.getEncoder().encodeToString(md5));
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static PutObjectResponse put(BucketState bucket) {
        return s3.putObject(
                request -> request.bucket(bucket.name())
                        .key("key")
                        .sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(RIGHT.base64())
                        .sseCustomerKeyMD5(RIGHT.md5()),
                RequestBody.fromString("bytes"));
    }

    private static GetObjectResponse get(BucketState bucket, String key, Key with) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket.name())
                        .key(key)
                        .sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(with.base64())
                        .sseCustomerKeyMD5(with.md5()))
                .response();
    }

    @Test
    void the_writer_reads_with_its_key_and_is_told_its_digest() {
        // Given
        var bucket = world.bucket();
        // When
        var written = put(bucket);
        var read = get(bucket, "key", RIGHT);
        // Then
        assertThat(written.sseCustomerAlgorithm()).isEqualTo("AES256");
        assertThat(written.sseCustomerKeyMD5()).isEqualTo(RIGHT.md5());
        assertThat(written.serverSideEncryption()).isNull();
        assertThat(read.sseCustomerKeyMD5()).isEqualTo(RIGHT.md5());
        assertThat(read.serverSideEncryption()).isNull();
        assertThat(read.contentLength()).isEqualTo(5);
    }

    @Test
    void the_etag_is_no_md5_of_the_bytes() {
        // Given
        var bucket = world.bucket();
        // When
        var first = put(bucket).eTag();
        var second = put(bucket).eTag();
        // Then
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void without_the_key_nothing_of_it_is_shown() {
        // Given
        var bucket = world.bucket();
        put(bucket);
        // Then
        assertThat(refusal("InvalidRequest", () -> world.get(bucket, "key")).statusCode())
                .isEqualTo(400);
        assertThat(catchStatus(() ->
                        s3.headObject(request -> request.bucket(bucket.name()).key("key"))))
                .isEqualTo(400);
        refusal(
                "InvalidRequest",
                () -> s3.getObjectAttributes(
                        request -> request.bucket(bucket.name()).key("key").objectAttributes(ObjectAttributes.E_TAG)));
        refusal(
                "InvalidRequest",
                () -> s3.copyObject(request -> request.sourceBucket(bucket.name())
                        .sourceKey("key")
                        .destinationBucket(bucket.name())
                        .destinationKey("copy")));
        assertThat(s3.getObjectTagging(request -> request.bucket(bucket.name()).key("key"))
                        .tagSet())
                .isEmpty();
    }

    private static int catchStatus(ThrowingCallable call) {
        return catchThrowableOfType(S3Exception.class, call).statusCode();
    }

    @Test
    void another_key_is_denied() {
        // Given
        var bucket = world.bucket();
        put(bucket);
        // Then
        assertThat(refusal("AccessDenied", () -> get(bucket, "key", WRONG)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_key_for_an_object_that_needs_none_is_refused() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "bytes");
        // Then
        refusal("InvalidRequest", () -> get(bucket, "key", RIGHT));
    }

    @Test
    void a_copy_is_read_with_one_key_and_written_with_another() {
        // Given
        var bucket = world.bucket();
        put(bucket);
        // When
        s3.copyObject(request -> request.sourceBucket(bucket.name())
                .sourceKey("key")
                .destinationBucket(bucket.name())
                .destinationKey("copy")
                .copySourceSSECustomerAlgorithm("AES256")
                .copySourceSSECustomerKey(RIGHT.base64())
                .copySourceSSECustomerKeyMD5(RIGHT.md5())
                .sseCustomerAlgorithm("AES256")
                .sseCustomerKey(WRONG.base64())
                .sseCustomerKeyMD5(WRONG.md5()));
        // Then
        assertThat(get(bucket, "copy", WRONG).contentLength()).isEqualTo(5);
        refusal("AccessDenied", () -> get(bucket, "copy", RIGHT));
    }

    @Test
    void all_parts_of_an_upload_come_with_the_key_it_began_with() {
        // Given
        var bucket = world.bucket();
        var uploadId = s3.createMultipartUpload(request -> request.bucket(bucket.name())
                        .key("key")
                        .sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(RIGHT.base64())
                        .sseCustomerKeyMD5(RIGHT.md5()))
                .uploadId();
        // When
        var part = part(bucket, uploadId, Optional.of(RIGHT));
        s3.completeMultipartUpload(request -> request.bucket(bucket.name())
                .key("key")
                .uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(List.of(part))));
        var plain = s3.createMultipartUpload(
                        request -> request.bucket(bucket.name()).key("key"))
                .uploadId();
        var again = s3.createMultipartUpload(request -> request.bucket(bucket.name())
                        .key("key")
                        .sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(RIGHT.base64())
                        .sseCustomerKeyMD5(RIGHT.md5()))
                .uploadId();
        // Then
        assertThat(get(bucket, "key", RIGHT).contentLength()).isEqualTo(5);
        refusal("InvalidRequest", () -> world.get(bucket, "key"));
        refusal("InvalidRequest", () -> part(bucket, again, Optional.empty()));
        refusal("InvalidRequest", () -> part(bucket, again, Optional.of(WRONG)));
        refusal("InvalidRequest", () -> part(bucket, plain, Optional.of(RIGHT)));
    }

    private static CompletedPart part(BucketState bucket, String uploadId, Optional<Key> key) {
        var part = s3.uploadPart(
                request -> {
                    request.bucket(bucket.name()).key("key").uploadId(uploadId).partNumber(1);
                    key.ifPresent(sent -> request.sseCustomerAlgorithm("AES256")
                            .sseCustomerKey(sent.base64())
                            .sseCustomerKeyMD5(sent.md5()));
                },
                RequestBody.fromString("bytes"));
        return CompletedPart.builder().partNumber(1).eTag(part.eTag()).build();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, KEY, MD5, InvalidArgument, valid encryption algorithm",
                "AES128, KEY, MD5, InvalidEncryptionAlgorithmError, not valid",
                "AES256, -, MD5, InvalidArgument, appropriate secret key",
                "AES256, not base64, MD5, InvalidArgument, appropriate secret key",
                "AES256, c2hvcnQ=, MD5, InvalidArgument, invalid for the specified algorithm",
                "AES256, KEY, -, InvalidArgument, client calculated MD5",
                "AES256, KEY, AAAAAAAAAAAAAAAAAAAAAA==, InvalidArgument, did not match the hash"
            })
    void headers_that_do_not_fit_each_other_are_refused(
            @Nullable String algorithm, @Nullable String key, @Nullable String md5, String code, String message)
            throws Exception {
        // Given
        var bucket = world.bucket();
        var headers = new ArrayList<String>();
        add(headers, "algorithm", algorithm);
        add(headers, "key", "KEY".equals(key) ? RIGHT.base64() : key);
        add(headers, "key-MD5", "MD5".equals(md5) ? RIGHT.md5() : md5);
        // When
        var answer = world.send("PUT", "/" + bucket.name() + "/key", "bytes", headers.toArray(String[]::new));
        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>" + code + "</Code>").contains(message);
        assertThat(bucket.versions("key")).isEmpty();
    }

    private static void add(List<String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(PREFIX + name);
            headers.add(value);
        }
    }

    @Test
    void no_other_encryption_goes_with_it() throws Exception {
        // Given
        var bucket = world.bucket();
        // When
        var answer = world.send(
                "PUT",
                "/" + bucket.name() + "/key",
                "bytes",
                PREFIX + "algorithm",
                "AES256",
                PREFIX + "key",
                RIGHT.base64(),
                PREFIX + "key-MD5",
                RIGHT.md5(),
                "x-amz-server-side-encryption",
                "AES256");
        // Then
        assertThat(answer.body()).contains("<Code>InvalidArgument</Code>");
    }
}

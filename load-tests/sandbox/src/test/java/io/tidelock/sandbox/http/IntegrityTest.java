package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.Checksum;
import io.tidelock.sandbox.model.StoredVersion;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;

class IntegrityTest {
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

    @ParameterizedTest
    @CsvSource({
        "CRC32, y/Q5Jg==",
        "CRC32C, 4waSgw==",
        "CRC64NVME, rosUhgp5mIg=",
        "SHA1, 98O8HYCOBHMq32eZZczDTKeuNEE=",
        "SHA256, FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="
    })
    void a_right_checksum_is_kept_and_a_wrong_one_refused(String algorithm, String value) throws Exception {
        // Given
        var bucket = world.bucket();
        var header = "x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT);
        var path = "/" + bucket.name() + "/key";
        // When
        var right = world.send("PUT", path, "123456789", header, value);
        var wrong = world.send("PUT", path, "123456780", header, value);
        var read = world.send("GET", path, "", "x-amz-checksum-mode", "ENABLED");
        var plain = world.send("GET", path, "");
        // Then
        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(right.headers().firstValue(header)).hasValue(value);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("<Code>BadDigest</Code>");
        assertThat(read.headers().firstValue(header)).hasValue(value);
        assertThat(read.headers().firstValue("x-amz-checksum-type")).hasValue("FULL_OBJECT");
        assertThat(plain.headers().firstValue(header)).isEmpty();
        assertThat(read.body()).isEqualTo("123456789");
    }

    @Test
    void content_md5_is_checked() throws Exception {
        // Given
        var path = "/" + world.bucket().name() + "/key";
        // When
        var right = world.send("PUT", path, "123456789", "Content-MD5", "JfnnlDI7RTiF9RgfG2JNCw==");
        var wrong = world.send("PUT", path, "123456780", "Content-MD5", "JfnnlDI7RTiF9RgfG2JNCw==");
        var none = world.send("PUT", path, "123456789", "Content-MD5", "not an md5");
        // Then
        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(wrong.body()).contains("<Code>BadDigest</Code>");
        assertThat(none.body()).contains("<Code>InvalidDigest</Code>");
    }

    @Test
    void checksums_that_cannot_be_are_refused() throws Exception {
        // Given
        var path = "/" + world.bucket().name() + "/key";
        // When
        var malformed = world.send("PUT", path, "x", "x-amz-checksum-crc32", "AAAA");
        var two = world.send("PUT", path, "x", "x-amz-checksum-crc32", "AAAAAA==", "x-amz-checksum-crc32c", "AAAAAA==");
        // Then
        assertThat(malformed.body()).contains("<Code>InvalidRequest</Code>");
        assertThat(two.body()).contains("<Code>InvalidRequest</Code>");
    }

    @Test
    void the_sdk_sends_a_checksum_by_default_and_checks_it_when_it_reads() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "123456789");
        // When
        var read = s3.getObjectAsBytes(
                request -> request.bucket(bucket.name()).key("key").checksumMode(ChecksumMode.ENABLED));
        // Then
        assertThat(read.response().checksumCRC32()).isEqualTo("y/Q5Jg==");
        var kept = (StoredVersion) bucket.versions("key").getFirst();
        assertThat(kept.checksum())
                .hasValue(new Checksum(io.tidelock.sandbox.model.ChecksumAlgorithm.CRC32, "y/Q5Jg==", false));
    }

    @Test
    void a_trailing_checksum_is_kept_with_a_large_object() {
        // Given
        var bucket = world.bucket();
        var bytes = "0123456789abcdef".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        // When
        var put = s3.putObject(
                request -> request.bucket(bucket.name()).key("key").checksumAlgorithm(ChecksumAlgorithm.SHA256),
                RequestBody.fromInputStream(new ByteArrayInputStream(bytes), bytes.length));
        var read = s3.getObjectAsBytes(
                request -> request.bucket(bucket.name()).key("key").checksumMode(ChecksumMode.ENABLED));
        // Then
        assertThat(read.asByteArray()).isEqualTo(bytes);
        assertThat(read.response().checksumSHA256())
                .isEqualTo(put.checksumSHA256())
                .isNotNull();
    }

    @Test
    void a_range_is_told_no_checksum_of_the_whole() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "123456789");
        // When
        var read = s3.getObjectAsBytes(request ->
                request.bucket(bucket.name()).key("key").range("bytes=0-3").checksumMode(ChecksumMode.ENABLED));
        // Then
        assertThat(read.asUtf8String()).isEqualTo("1234");
        assertThat(read.response().checksumCRC32()).isNull();
    }

    @Test
    void deleting_many_wants_a_digest() throws Exception {
        // Given
        var bucket = world.bucket();
        // When
        var refused =
                world.send("POST", "/" + bucket.name() + "?delete", "<Delete><Object><Key>a</Key></Object></Delete>");
        // Then
        assertThat(refused.body()).contains("<Code>InvalidRequest</Code>");
        refusal("NoSuchKey", () -> world.get(bucket, "a"));
    }
}

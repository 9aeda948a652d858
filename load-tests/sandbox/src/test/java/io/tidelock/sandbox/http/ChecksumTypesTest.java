package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.ChecksumAlgorithm;
import io.tidelock.sandbox.model.Checksums;
import io.tidelock.sandbox.model.Versioning;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Checksum;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectPart;

/** All five algorithms in both kinds, and what GetObjectAttributes tells of them. */
class ChecksumTypesTest {
    private static final String FIRST = text(5 << 20, 1);
    private static final String LAST = text(7_777, 2);

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

    private static String text(int length, long seed) {
        return new Random(seed)
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] digest(ChecksumAlgorithm algorithm, byte[]... pieces) {
        var running = Checksums.start(algorithm);
        for (var piece : pieces) {
            running.update(ByteBuffer.wrap(piece));
        }
        return running.value();
    }

    private static byte[] digest(ChecksumAlgorithm algorithm, String text) {
        return digest(algorithm, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String base64(byte[] raw) {
        return Base64.getEncoder().encodeToString(raw);
    }

    private static String between(String document, String element) {
        var from = document.indexOf("<" + element + ">") + element.length() + 2;
        return document.substring(from, document.indexOf("</" + element + ">", from));
    }

    private static String begin(BucketState bucket, ChecksumAlgorithm algorithm, String... headers) throws Exception {
        var all = new String[headers.length + 2];
        all[0] = "x-amz-checksum-algorithm";
        all[1] = algorithm.name();
        System.arraycopy(headers, 0, all, 2, headers.length);
        return world.send("POST", "/" + bucket.name() + "/key?uploads", "", all).body();
    }

    private static String part(BucketState bucket, String uploadId, int number, String bytes, ChecksumAlgorithm with)
            throws Exception {
        var answer = world.send(
                "PUT",
                "/" + bucket.name() + "/key?uploadId=" + uploadId + "&partNumber=" + number,
                bytes,
                with.header(),
                base64(digest(with, bytes)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue(with.header())).contains(base64(digest(with, bytes)));
        return "<Part><PartNumber>" + number + "</PartNumber><ETag>"
                + answer.headers().firstValue("etag").orElseThrow() + "</ETag><" + with.element() + ">"
                + base64(digest(with, bytes)) + "</" + with.element() + "></Part>";
    }

    /** Uploads both parts and completes; the answer's document. */
    private static String upload(BucketState bucket, ChecksumAlgorithm algorithm, String... headers) throws Exception {
        var uploadId = between(begin(bucket, algorithm, headers), "UploadId");
        var parts = part(bucket, uploadId, 1, FIRST, algorithm) + part(bucket, uploadId, 2, LAST, algorithm);
        return world.send(
                        "POST",
                        "/" + bucket.name() + "/key?uploadId=" + uploadId,
                        "<CompleteMultipartUpload>" + parts + "</CompleteMultipartUpload>")
                .body();
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32C", "SHA1", "SHA256"})
    void a_composite_checksum_is_one_of_the_parts_checksums(ChecksumAlgorithm algorithm) throws Exception {
        // Given
        var bucket = world.bucket();
        // When
        var completed = upload(bucket, algorithm);
        // Then
        var expected = base64(digest(algorithm, digest(algorithm, FIRST), digest(algorithm, LAST))) + "-2";
        assertThat(between(completed, algorithm.element())).isEqualTo(expected);
        assertThat(between(completed, "ChecksumType")).isEqualTo("COMPOSITE");
        var head = world.send("HEAD", "/" + bucket.name() + "/key", "", "x-amz-checksum-mode", "ENABLED");
        assertThat(head.headers().firstValue(algorithm.header())).contains(expected);
        assertThat(head.headers().firstValue("x-amz-checksum-type")).contains("COMPOSITE");
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME"})
    void a_full_object_checksum_is_that_of_all_bytes(ChecksumAlgorithm algorithm) throws Exception {
        // Given
        var bucket = world.bucket();
        // When
        var completed = upload(bucket, algorithm, "x-amz-checksum-type", "FULL_OBJECT");
        // Then
        var expected = base64(digest(algorithm, FIRST + LAST));
        assertThat(between(completed, algorithm.element())).isEqualTo(expected);
        assertThat(between(completed, "ChecksumType")).isEqualTo("FULL_OBJECT");
        var head = world.send("HEAD", "/" + bucket.name() + "/key", "", "x-amz-checksum-mode", "ENABLED");
        assertThat(head.headers().firstValue(algorithm.header())).contains(expected);
    }

    @Test
    void crc64nvme_is_of_the_full_object_without_being_asked() throws Exception {
        // When
        var completed = upload(world.bucket(), ChecksumAlgorithm.CRC64NVME);
        // Then
        assertThat(between(completed, "ChecksumType")).isEqualTo("FULL_OBJECT");
    }

    @ParameterizedTest
    @CsvSource({"CRC64NVME, COMPOSITE", "SHA1, FULL_OBJECT", "SHA256, FULL_OBJECT", "CRC32, HALF_OBJECT"})
    void kinds_that_do_not_go_together_are_refused(ChecksumAlgorithm algorithm, String type) throws Exception {
        // When
        var begun = begin(world.bucket(), algorithm, "x-amz-checksum-type", type);
        // Then
        assertThat(begun).contains("<Code>InvalidRequest</Code>").contains("checksum type cannot be used");
    }

    @Test
    void the_kind_cannot_change_at_the_end() throws Exception {
        // Given
        var bucket = world.bucket();
        var uploadId = between(begin(bucket, ChecksumAlgorithm.CRC32), "UploadId");
        var part = part(bucket, uploadId, 1, LAST, ChecksumAlgorithm.CRC32);
        var path = "/" + bucket.name() + "/key?uploadId=" + uploadId;
        var document = "<CompleteMultipartUpload>" + part + "</CompleteMultipartUpload>";
        // Then
        assertThat(world.send("POST", path, document, "x-amz-checksum-type", "FULL_OBJECT")
                        .body())
                .contains("must use the same checksum mode");
        assertThat(world.send("POST", path, document, "x-amz-checksum-type", "COMPOSITE")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_part_without_what_a_composite_checksum_is_made_of_is_refused() throws Exception {
        // Given
        var bucket = world.bucket();
        var uploadId = between(begin(bucket, ChecksumAlgorithm.SHA256), "UploadId");
        // When
        var answer = world.send("PUT", "/" + bucket.name() + "/key?partNumber=1&uploadId=" + uploadId, "bytes");
        // Then
        assertThat(answer.body()).contains("expected checksum Type: sha256, actual checksum Type: null");
    }

    @Test
    void attributes_tell_size_checksum_and_parts() throws Exception {
        // Given
        var bucket = world.bucket();
        upload(bucket, ChecksumAlgorithm.SHA256);
        // When
        var told = s3.getObjectAttributes(request -> request.bucket(bucket.name())
                .key("key")
                .maxParts(1)
                .objectAttributes(
                        ObjectAttributes.CHECKSUM,
                        ObjectAttributes.OBJECT_PARTS,
                        ObjectAttributes.OBJECT_SIZE,
                        ObjectAttributes.STORAGE_CLASS,
                        ObjectAttributes.E_TAG));
        // Then
        assertThat(told.objectSize()).isEqualTo(FIRST.length() + LAST.length());
        assertThat(told.storageClassAsString()).isEqualTo("STANDARD");
        assertThat(told.eTag()).endsWith("-2");
        assertThat(told.checksum().checksumSHA256()).endsWith("-2");
        assertThat(told.checksum().checksumTypeAsString()).isEqualTo("COMPOSITE");
        assertThat(told.objectParts().totalPartsCount()).isEqualTo(2);
        assertThat(told.objectParts().isTruncated()).isTrue();
        assertThat(told.objectParts().parts())
                .containsExactly(ObjectPart.builder()
                        .partNumber(1)
                        .size((long) FIRST.length())
                        .checksumSHA256(base64(digest(ChecksumAlgorithm.SHA256, FIRST)))
                        .build());
        var rest = s3.getObjectAttributes(request -> request.bucket(bucket.name())
                .key("key")
                .partNumberMarker(1)
                .objectAttributes(ObjectAttributes.OBJECT_PARTS));
        assertThat(rest.objectParts().parts())
                .extracting(ObjectPart::partNumber)
                .containsExactly(2);
    }

    @Test
    void attributes_need_a_permission_of_their_own() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var version = world.put(bucket, "key", "bytes");
        bucket.settings().setPolicy(Optional.of("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                         "Action": ["s3:GetObjectAttributes", "s3:GetObjectVersionAttributes"],
                         "Resource": "arn:aws:s3:::%s/*"}]}""".formatted(bucket.name())));
        for (var id : new String[] {null, version}) {
            // Then
            refusal(
                    "AccessDenied",
                    () -> s3.getObjectAttributes(request -> request.bucket(bucket.name())
                            .key("key")
                            .versionId(id)
                            .objectAttributes(List.of(ObjectAttributes.E_TAG))));
        }
        assertThat(world.get(bucket, "key", version)).isEqualTo("bytes");
    }

    @Test
    void attributes_of_what_is_deleted_are_not_found() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        world.put(bucket, "key", "bytes");
        s3.deleteObject(request -> request.bucket(bucket.name()).key("key"));
        // When
        var refused = refusal(
                "NoSuchKey",
                () -> s3.getObjectAttributes(
                        request -> request.bucket(bucket.name()).key("key").objectAttributes(ObjectAttributes.E_TAG)));
        // Then
        assertThat(ServedWorld.header(refused, "x-amz-delete-marker")).isEqualTo("true");
    }

    @Test
    void a_copy_of_parts_has_one_checksum_of_the_full_object() throws Exception {
        // Given
        var bucket = world.bucket();
        upload(bucket, ChecksumAlgorithm.SHA1);
        // When
        s3.copyObject(request -> request.sourceBucket(bucket.name())
                .sourceKey("key")
                .destinationBucket(bucket.name())
                .destinationKey("copy"));
        // Then
        var head = s3.headObject(
                request -> request.bucket(bucket.name()).key("copy").checksumMode(ChecksumMode.ENABLED));
        assertThat(Checksum.builder()
                        .checksumSHA1(head.checksumSHA1())
                        .checksumType(head.checksumType())
                        .build())
                .isEqualTo(Checksum.builder()
                        .checksumSHA1(base64(digest(ChecksumAlgorithm.SHA1, FIRST + LAST)))
                        .checksumType("FULL_OBJECT")
                        .build());
    }
}

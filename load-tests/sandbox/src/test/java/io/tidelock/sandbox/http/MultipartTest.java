package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.EventName;
import io.tidelock.sandbox.model.StoredVersion;
import io.tidelock.sandbox.model.Versioning;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

class MultipartTest {
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

    private static final int PART_BYTES = 5 << 20;

    private static String begin(BucketState bucket) {
        return s3.createMultipartUpload(request -> request.bucket(bucket.name())
                        .key("key")
                        .contentType("text/plain")
                        .metadata(Map.of("origin", "here"))
                        .tagging("a=1"))
                .uploadId();
    }

    private static CompletedPart upload(BucketState bucket, String uploadId, int number, byte[] bytes) {
        var part = s3.uploadPart(
                request -> request.bucket(bucket.name())
                        .key("key")
                        .uploadId(uploadId)
                        .partNumber(number),
                RequestBody.fromBytes(bytes));
        return CompletedPart.builder().partNumber(number).eTag(part.eTag()).build();
    }

    private static CompleteMultipartUploadResponse complete(
            BucketState bucket, String uploadId, List<CompletedPart> parts) {
        return s3.completeMultipartUpload(request -> request.bucket(bucket.name())
                .key("key")
                .uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(parts)));
    }

    private static byte[] bytes(int size, long seed) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    void parts_become_one_version_with_what_the_beginning_said() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var first = bytes(PART_BYTES, 1);
        var last = bytes(1000, 2);
        // When
        var uploadId = begin(bucket);
        var parts = List.of(upload(bucket, uploadId, 1, first), upload(bucket, uploadId, 2, last));
        var completed = complete(bucket, uploadId, parts);
        var read = s3.getObjectAsBytes(request -> request.bucket(bucket.name()).key("key"));
        // Then
        assertThat(completed.eTag()).matches("\"[0-9a-f]{32}-2\"");
        assertThat(completed.versionId()).isEqualTo(read.response().versionId());
        assertThat(Arrays.copyOf(read.asByteArray(), PART_BYTES)).isEqualTo(first);
        assertThat(Arrays.copyOfRange(read.asByteArray(), PART_BYTES, PART_BYTES + 1000))
                .isEqualTo(last);
        assertThat(read.response().contentType()).isEqualTo("text/plain");
        assertThat(read.response().metadata()).containsEntry("origin", "here");
        assertThat(read.response().tagCount()).isEqualTo(1);
        assertThat(world.changesOf(bucket))
                .extracting(Change::name)
                .containsExactly(EventName.OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD);
    }

    @Test
    void the_etag_is_the_md5_of_the_parts_md5s() {
        // Given
        var bucket = world.bucket();
        var uploadId = begin(bucket);
        var part = upload(bucket, uploadId, 1, "hello".getBytes(StandardCharsets.UTF_8));
        // When
        var completed = complete(bucket, uploadId, List.of(part));
        // Then
        assertThat(part.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(completed.eTag()).isEqualTo("\"62109206880d38a4010a98e11243924a-1\"");
    }

    @Test
    void a_part_is_read_by_its_number_and_ranges_cross_parts() {
        // Given
        var bucket = world.bucket();
        var first = bytes(PART_BYTES, 3);
        var last = bytes(500, 4);
        var uploadId = begin(bucket);
        complete(bucket, uploadId, List.of(upload(bucket, uploadId, 1, first), upload(bucket, uploadId, 7, last)));
        // When
        var second = s3.getObjectAsBytes(
                request -> request.bucket(bucket.name()).key("key").partNumber(2));
        var across = s3.getObjectAsBytes(request ->
                request.bucket(bucket.name()).key("key").range("bytes=" + (PART_BYTES - 2) + "-" + (PART_BYTES + 1)));
        // Then
        assertThat(second.asByteArray()).isEqualTo(last);
        assertThat(second.response().partsCount()).isEqualTo(2);
        assertThat(across.asByteArray())
                .containsExactly(first[PART_BYTES - 2], first[PART_BYTES - 1], last[0], last[1]);
    }

    @Test
    void parts_that_are_small_missing_or_out_of_order_are_refused() {
        // Given
        var bucket = world.bucket();
        var uploadId = begin(bucket);
        var one = upload(bucket, uploadId, 1, bytes(PART_BYTES - 1, 5));
        var two = upload(bucket, uploadId, 2, bytes(10, 6));
        // Then
        refusal("EntityTooSmall", () -> complete(bucket, uploadId, List.of(one, two)));
        refusal("InvalidPartOrder", () -> complete(bucket, uploadId, List.of(two, one)));
        refusal(
                "InvalidPart",
                () -> complete(
                        bucket, uploadId, List.of(two.toBuilder().partNumber(3).build())));
        refusal(
                "InvalidPart",
                () -> complete(
                        bucket,
                        uploadId,
                        List.of(two.toBuilder().eTag("\"other\"").build())));
        assertThat(bucket.versions("key")).isEmpty();
        assertThat(complete(bucket, uploadId, List.of(two)).eTag()).endsWith("-1\"");
    }

    @Test
    void a_part_sent_again_takes_the_place_of_the_earlier_one() {
        // Given
        var bucket = world.bucket();
        var uploadId = begin(bucket);
        var stale = upload(bucket, uploadId, 1, bytes(100, 7));
        var fresh = upload(bucket, uploadId, 1, bytes(100, 8));
        // Then
        refusal("InvalidPart", () -> complete(bucket, uploadId, List.of(stale)));
        complete(bucket, uploadId, List.of(fresh));
        assertThat(s3.getObjectAsBytes(request -> request.bucket(bucket.name()).key("key"))
                        .asByteArray())
                .isEqualTo(bytes(100, 8));
    }

    @Test
    void an_upload_that_was_ended_is_no_more() {
        // Given
        var bucket = world.bucket();
        var aborted = begin(bucket);
        var completed = begin(bucket);
        var part = upload(bucket, completed, 1, bytes(10, 9));
        // When
        s3.abortMultipartUpload(
                request -> request.bucket(bucket.name()).key("key").uploadId(aborted));
        complete(bucket, completed, List.of(part));
        // Then
        refusal("NoSuchUpload", () -> upload(bucket, aborted, 1, bytes(10, 9)));
        refusal("NoSuchUpload", () -> complete(bucket, completed, List.of(part)));
        refusal(
                "NoSuchUpload",
                () -> s3.listParts(
                        request -> request.bucket(bucket.name()).key("key").uploadId(aborted)));
        assertThat(s3.listMultipartUploads(request -> request.bucket(bucket.name()))
                        .uploads())
                .isEmpty();
    }

    @Test
    void completing_keeps_its_condition() {
        // Given
        var bucket = world.bucket();
        var uploadId = begin(bucket);
        var part = upload(bucket, uploadId, 1, bytes(10, 9));
        world.put(bucket, "key", "in between");
        // Then
        refusal(
                "PreconditionFailed",
                () -> s3.completeMultipartUpload(request -> request.bucket(bucket.name())
                        .key("key")
                        .uploadId(uploadId)
                        .ifNoneMatch("*")
                        .multipartUpload(upload -> upload.parts(part))));
        assertThat(world.get(bucket, "key")).isEqualTo("in between");
    }

    @Test
    void uploads_and_parts_are_listed_in_pages() {
        // Given
        var bucket = world.bucket();
        var begun = new ArrayList<String>();
        for (var key : List.of("a", "b", "b", "c")) {
            begun.add(s3.createMultipartUpload(
                            request -> request.bucket(bucket.name()).key(key))
                    .uploadId());
        }
        var uploadId = begin(bucket);
        for (var number : List.of(3, 1, 2)) {
            upload(bucket, uploadId, number, bytes(number, number));
        }
        // When
        var uploads = s3.listMultipartUploadsPaginator(
                request -> request.bucket(bucket.name()).maxUploads(2));
        var parts = s3.listPartsPaginator(request ->
                request.bucket(bucket.name()).key("key").uploadId(uploadId).maxParts(2));
        // Then
        assertThat(uploads.uploads()).extracting(MultipartUpload::key).containsExactly("a", "b", "b", "c", "key");
        assertThat(uploads.uploads())
                .extracting(MultipartUpload::uploadId)
                .containsAll(begun)
                .doesNotHaveDuplicates();
        assertThat(parts).hasSize(2);
        assertThat(parts.parts()).extracting(Part::partNumber).containsExactly(1, 2, 3);
        assertThat(parts.parts()).extracting(Part::size).containsExactly(1L, 2L, 3L);
    }

    @Test
    void checksums_of_parts_make_a_composite_one() {
        // Given
        var bucket = world.bucket();
        var uploadId = s3.createMultipartUpload(
                        request -> request.bucket(bucket.name()).key("key").checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
        var part = s3.uploadPart(
                request -> request.bucket(bucket.name())
                        .key("key")
                        .uploadId(uploadId)
                        .partNumber(1)
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256),
                RequestBody.fromString("123456789"));
        var named = CompletedPart.builder().partNumber(1).eTag(part.eTag());
        // Then
        refusal("InvalidRequest", () -> complete(bucket, uploadId, List.of(named.build())));
        refusal(
                "InvalidPart",
                () -> complete(
                        bucket,
                        uploadId,
                        List.of(named.checksumSHA256("A".repeat(43) + "=").build())));
        var completed = complete(
                bucket,
                uploadId,
                List.of(named.checksumSHA256(part.checksumSHA256()).build()));
        assertThat(completed.checksumSHA256()).isEqualTo("KSsNAHVmgy25S/rmic1w0at3KBH9RLn0nYVQ7p6mpJQ=-1");
        assertThat(completed.checksumType()).isEqualTo(ChecksumType.COMPOSITE);
    }

    @Test
    void checksums_of_parts_are_combined_into_that_of_the_whole() {
        // Given
        var bucket = world.bucket();
        var first = bytes(PART_BYTES, 11);
        var last = bytes(12_345, 12);
        for (var algorithm : List.of(ChecksumAlgorithm.CRC32, ChecksumAlgorithm.CRC32_C)) {
            var uploadId = s3.createMultipartUpload(request -> request.bucket(bucket.name())
                            .key("key")
                            .checksumAlgorithm(algorithm)
                            .checksumType(ChecksumType.FULL_OBJECT))
                    .uploadId();
            // When
            var parts = new ArrayList<CompletedPart>();
            for (var bytes : List.of(first, last)) {
                var number = parts.size() + 1;
                var part = s3.uploadPart(
                        request -> request.bucket(bucket.name())
                                .key("key")
                                .uploadId(uploadId)
                                .partNumber(number)
                                .checksumAlgorithm(algorithm),
                        RequestBody.fromBytes(bytes));
                parts.add(CompletedPart.builder()
                        .partNumber(number)
                        .eTag(part.eTag())
                        .build());
            }
            complete(bucket, uploadId, parts);
            // Then
            var whole = new byte[first.length + last.length];
            System.arraycopy(first, 0, whole, 0, first.length);
            System.arraycopy(last, 0, whole, first.length, last.length);
            var running = io.tidelock.sandbox.model.Checksums.start(
                    io.tidelock.sandbox.model.ChecksumAlgorithm.of(algorithm.toString())
                            .orElseThrow());
            running.update(ByteBuffer.wrap(whole));
            var stored = (StoredVersion) bucket.versions("key").getFirst();
            assertThat(stored.checksum().orElseThrow().value()).isEqualTo(running.base64());
            assertThat(s3.getObjectAsBytes(request ->
                                    request.bucket(bucket.name()).key("key").checksumMode(ChecksumMode.ENABLED))
                            .asByteArray())
                    .isEqualTo(whole);
        }
    }
}

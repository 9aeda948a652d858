package io.tidelock.sandbox.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/** Uploads in parts (UG: Uploading and copying objects using multipart upload). */
abstract class MultipartSemantics extends ObjectSemantics {
    private static final int PART_BYTES = 5 * 1024 * 1024;

    MultipartSemantics(ServerUnderTest server) {
        super(server);
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private String begin(String key) {
        return s3().createMultipartUpload(b ->
                        b.bucket(bucket).key(key).contentType("text/x-tide").metadata(Map.of("a", "1")))
                .uploadId();
    }

    private CompletedPart upload(String key, String uploadId, int number, byte[] bytes) {
        var uploaded = s3().uploadPart(
                        b -> b.bucket(bucket).key(key).uploadId(uploadId).partNumber(number),
                        RequestBody.fromBytes(bytes));
        return CompletedPart.builder().partNumber(number).eTag(uploaded.eTag()).build();
    }

    private void complete(String key, String uploadId, CompletedPart... parts) {
        s3().completeMultipartUpload(
                        b -> b.bucket(bucket).key(key).uploadId(uploadId).multipartUpload(m -> m.parts(parts)));
    }

    @Test
    void parts_become_one_object_with_the_metadata_of_its_beginning() {
        // Given
        var content = bytes(PART_BYTES + 1_000);
        var uploadId = begin("k");
        var first = upload("k", uploadId, 1, Arrays.copyOf(content, PART_BYTES));
        var second = upload("k", uploadId, 7, Arrays.copyOfRange(content, PART_BYTES, content.length));
        refused(404, () -> s3().headObject(b -> b.bucket(bucket).key("k")));
        // When
        complete("k", uploadId, first, second);
        // Then
        var read = s3().getObjectAsBytes(b -> b.bucket(bucket).key("k"));
        assertThat(read.asByteArrayUnsafe()).isEqualTo(content);
        assertThat(read.response().eTag()).endsWith("-2\"");
        assertThat(read.response().contentType()).isEqualTo("text/x-tide");
        assertThat(read.response().metadata()).isEqualTo(Map.of("a", "1"));
        assertThat(read.response().versionId()).isNotNull();
        var range = s3().getObjectAsBytes(
                        b -> b.bucket(bucket).key("k").range("bytes=" + (PART_BYTES - 2) + "-" + (PART_BYTES + 1)));
        assertThat(range.asByteArrayUnsafe()).isEqualTo(Arrays.copyOfRange(content, PART_BYTES - 2, PART_BYTES + 2));
    }

    @Test
    void a_part_that_comes_again_takes_the_place_of_the_first() {
        var uploadId = begin("k");
        upload("k", uploadId, 1, utf8("first"));
        var again = upload("k", uploadId, 1, utf8("again"));
        complete("k", uploadId, again);
        assertThat(get("k")).isEqualTo("again");
    }

    @Test
    void parts_and_uploads_are_listed_until_they_end() {
        var uploadId = begin("k");
        upload("k", uploadId, 1, utf8("one"));
        upload("k", uploadId, 3, utf8("three"));
        assertThat(s3().listParts(b -> b.bucket(bucket).key("k").uploadId(uploadId))
                        .parts())
                .extracting(Part::partNumber)
                .containsExactly(1, 3);
        assertThat(uploads()).extracting(MultipartUpload::uploadId).containsExactly(uploadId);
        s3().abortMultipartUpload(b -> b.bucket(bucket).key("k").uploadId(uploadId));
        assertThat(uploads()).isEmpty();
        refused(404, "NoSuchKey", () -> get("k"));
    }

    private List<MultipartUpload> uploads() {
        return s3().listMultipartUploads(b -> b.bucket(bucket)).uploads();
    }

    @Test
    void completing_with_what_was_not_uploaded_is_refused() {
        var uploadId = begin("k");
        var part = upload("k", uploadId, 1, utf8("one"));
        var wrong =
                part.toBuilder().eTag("\"00000000000000000000000000000000\"").build();
        refused(400, "InvalidPart", () -> complete("k", uploadId, wrong));
        refused(
                400,
                "InvalidPart",
                () -> complete("k", uploadId, part.toBuilder().partNumber(2).build()));
        complete("k", uploadId, part);
        assertThat(get("k")).isEqualTo("one");
    }

    @Test
    void every_part_but_the_last_must_be_large_enough() {
        var uploadId = begin("k");
        var first = upload("k", uploadId, 1, bytes(PART_BYTES));
        var small = upload("k", uploadId, 3, utf8("small"));
        var last = upload("k", uploadId, 4, utf8("last"));
        refused(400, "EntityTooSmall", () -> complete("k", uploadId, first, small, last));
    }

    @Test
    void a_part_may_be_a_range_of_another_object() {
        // Given
        var content = bytes(PART_BYTES + 10);
        s3().putObject(b -> b.bucket(bucket).key("source"), RequestBody.fromBytes(content));
        var uploadId = begin("k");
        // When
        var first = copyPart(uploadId, 1, "bytes=0-" + (PART_BYTES - 1));
        var second = copyPart(uploadId, 2, "bytes=" + PART_BYTES + "-" + (PART_BYTES + 9));
        complete("k", uploadId, first, second);
        // Then
        assertThat(s3().getObjectAsBytes(b -> b.bucket(bucket).key("k")).asByteArrayUnsafe())
                .isEqualTo(content);
    }

    private CompletedPart copyPart(String uploadId, int number, String range) {
        var copied = s3().uploadPartCopy(b -> b.sourceBucket(bucket)
                .sourceKey("source")
                .destinationBucket(bucket)
                .destinationKey("k")
                .uploadId(uploadId)
                .partNumber(number)
                .copySourceRange(range));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(copied.copyPartResult().eTag())
                .build();
    }

    @Test
    void one_part_may_be_read_by_its_number() {
        needs(Gap.PART_NUMBER_READS);
        var content = bytes(PART_BYTES + 10);
        var uploadId = begin("k");
        var first = upload("k", uploadId, 1, Arrays.copyOf(content, PART_BYTES));
        var second = upload("k", uploadId, 2, Arrays.copyOfRange(content, PART_BYTES, content.length));
        complete("k", uploadId, first, second);
        var read = s3().getObjectAsBytes(b -> b.bucket(bucket).key("k").partNumber(2));
        assertThat(read.asByteArrayUnsafe()).isEqualTo(Arrays.copyOfRange(content, PART_BYTES, content.length));
        assertThat(read.response().partsCount()).isEqualTo(2);
    }
}

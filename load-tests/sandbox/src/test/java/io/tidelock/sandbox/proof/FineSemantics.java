package io.tidelock.sandbox.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What the documentation says and S3Proxy 4.1.0 does otherwise, so that it cannot be a second witness: it keeps keys as paths
 * of a file system, compares times to the millisecond, refuses to remove a version twice, takes parts of an ended upload, and parts in any order.
 */
abstract class FineSemantics extends ObjectSemantics {
    FineSemantics(ServerUnderTest server) {
        super(server);
    }

    /** UG: Naming Amazon S3 objects: the key space is flat. */
    @Test
    void a_key_may_be_the_beginning_of_another() {
        put("a", "one");
        put("a/b", "two");
        put("a/b/c", "three");
        assertThat(s3().listObjectsV2(b -> b.bucket(bucket)).contents())
                .extracting(S3Object::key)
                .containsExactly("a", "a/b", "a/b/c");
        assertThat(get("a/b")).isEqualTo("two");
    }

    /** API: GetObject, If-Modified-Since: HTTP dates have seconds. */
    @Test
    void what_was_not_modified_since_its_own_time_is_not_modified() {
        put("k", "one");
        var modified = s3().headObject(b -> b.bucket(bucket).key("k")).lastModified();
        refused(304, () -> s3().headObject(b -> b.bucket(bucket).key("k").ifModifiedSince(modified)));
        assertThat(s3().headObject(b -> b.bucket(bucket).key("k").ifUnmodifiedSince(modified))
                        .lastModified())
                .isEqualTo(modified);
    }

    /** API: DeleteObject: removing what is not there is a success. */
    @Test
    void removing_a_version_twice_is_no_error() {
        var version = put("k", "one").versionId();
        delete("k", version);
        delete("k", version);
        var listed = s3().listObjectVersions(b -> b.bucket(bucket));
        assertThat(listed.versions()).isEmpty();
        assertThat(listed.deleteMarkers()).isEmpty();
    }

    /** API: UploadPart, error NoSuchUpload. */
    @Test
    void an_upload_that_was_aborted_takes_no_more_parts() {
        var uploadId =
                s3().createMultipartUpload(b -> b.bucket(bucket).key("k")).uploadId();
        s3().abortMultipartUpload(b -> b.bucket(bucket).key("k").uploadId(uploadId));
        refused(
                404,
                "NoSuchUpload",
                () -> s3().uploadPart(
                                b -> b.bucket(bucket)
                                        .key("k")
                                        .uploadId(uploadId)
                                        .partNumber(1),
                                RequestBody.fromString("late")));
    }

    /** API: CompleteMultipartUpload, error InvalidPartOrder. */
    @Test
    void parts_must_be_named_in_order() {
        var uploadId =
                s3().createMultipartUpload(b -> b.bucket(bucket).key("k")).uploadId();
        var parts = new ArrayList<CompletedPart>();
        for (int number = 2; number > 0; number--) {
            int partNumber = number;
            var uploaded = s3().uploadPart(
                            b -> b.bucket(bucket).key("k").uploadId(uploadId).partNumber(partNumber),
                            RequestBody.fromBytes(new byte[5 * 1024 * 1024]));
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(uploaded.eTag())
                    .build());
        }
        refused(
                400,
                "InvalidPartOrder",
                () -> s3().completeMultipartUpload(b ->
                        b.bucket(bucket).key("k").uploadId(uploadId).multipartUpload(m -> m.parts(parts))));
    }

    /** API: HeadObject, accept-ranges. */
    @Test
    void an_object_says_that_it_can_be_read_in_ranges() {
        put("k", "one");
        assertThat(s3().headObject(b -> b.bucket(bucket).key("k")).acceptRanges())
                .isEqualTo("bytes");
    }
}

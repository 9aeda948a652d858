package io.tidelock.sandbox.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** Reads and writes under conditions (UG: Add preconditions to S3 operations with conditional requests). */
abstract class ConditionSemantics extends ObjectSemantics {
    private static final String OTHER_ETAG = "\"00000000000000000000000000000000\"";

    ConditionSemantics(ServerUnderTest server) {
        super(server);
    }

    private void putIfNone(String key, String text) {
        s3().putObject(b -> b.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromString(text));
    }

    private void putIf(String etag, String key, String text) {
        s3().putObject(b -> b.bucket(bucket).key(key).ifMatch(etag), RequestBody.fromString(text));
    }

    @Test
    void a_write_may_ask_that_nothing_is_there() {
        putIfNone("k", "one");
        refused(412, "PreconditionFailed", () -> putIfNone("k", "two"));
        assertThat(get("k")).isEqualTo("one");
        delete("k");
        putIfNone("k", "three");
        assertThat(get("k")).isEqualTo("three");
    }

    @Test
    void a_write_may_ask_that_what_it_saw_is_still_there() {
        var etag = put("k", "one").eTag();
        putIf(etag, "k", "two");
        assertThat(get("k")).isEqualTo("two");
        refused(412, "PreconditionFailed", () -> putIf(etag, "k", "three"));
        assertThat(get("k")).isEqualTo("two");
        refused(404, "NoSuchKey", () -> putIf(etag, "missing", "x"));
    }

    @Test
    void a_read_may_ask_for_one_etag_or_against_it() {
        var etag = put("k", "one").eTag();
        assertThat(s3().getObjectAsBytes(b -> b.bucket(bucket).key("k").ifMatch(etag))
                        .asUtf8String())
                .isEqualTo("one");
        refused(412, () -> s3().getObjectAsBytes(b -> b.bucket(bucket).key("k").ifMatch(OTHER_ETAG)));
        refused(304, () -> s3().getObjectAsBytes(b -> b.bucket(bucket).key("k").ifNoneMatch(etag)));
        refused(304, () -> s3().headObject(b -> b.bucket(bucket).key("k").ifNoneMatch(etag)));
        assertThat(s3().headObject(b -> b.bucket(bucket).key("k").ifNoneMatch(OTHER_ETAG))
                        .eTag())
                .isEqualTo(etag);
    }

    @Test
    void a_read_may_ask_for_a_time() {
        put("k", "one");
        var modified = s3().headObject(b -> b.bucket(bucket).key("k")).lastModified();
        refused(
                412,
                () -> s3().headObject(b -> b.bucket(bucket).key("k").ifUnmodifiedSince(modified.minusSeconds(60))));
        assertThat(s3().headObject(b -> b.bucket(bucket).key("k").ifUnmodifiedSince(modified.plusSeconds(1)))
                        .lastModified())
                .isEqualTo(modified);
        assertThat(s3().headObject(b -> b.bucket(bucket).key("k").ifModifiedSince(Instant.EPOCH))
                        .lastModified())
                .isEqualTo(modified);
    }

    @Test
    void a_copy_may_ask_about_its_source() {
        var etag = put("k", "one").eTag();
        s3().copyObject(b -> b.sourceBucket(bucket)
                .sourceKey("k")
                .destinationBucket(bucket)
                .destinationKey("copy")
                .copySourceIfMatch(etag));
        assertThat(get("copy")).isEqualTo("one");
        refused(
                412,
                "PreconditionFailed",
                () -> s3().copyObject(b -> b.sourceBucket(bucket)
                        .sourceKey("k")
                        .destinationBucket(bucket)
                        .destinationKey("copy")
                        .copySourceIfMatch(OTHER_ETAG)));
        refused(
                412,
                "PreconditionFailed",
                () -> s3().copyObject(b -> b.sourceBucket(bucket)
                        .sourceKey("k")
                        .destinationBucket(bucket)
                        .destinationKey("copy")
                        .copySourceIfNoneMatch(etag)));
    }
}

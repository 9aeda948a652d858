package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.StorageClass;

class ReadsTest {
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

    private static ResponseBytes<GetObjectResponse> range(BucketState bucket, String range) {
        return s3.getObject(
                request -> request.bucket(bucket.name()).key("key").range(range), ResponseTransformer.toBytes());
    }

    @Test
    void a_range_is_206_with_the_range_that_was_sent() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "0123456789");
        // When
        var middle = range(bucket, "bytes=2-5");
        var tail = range(bucket, "bytes=-3");
        var open = range(bucket, "bytes=7-");
        var beyond = range(bucket, "bytes=5-100");
        // Then
        assertThat(middle.asUtf8String()).isEqualTo("2345");
        assertThat(middle.response().sdkHttpResponse().statusCode()).isEqualTo(206);
        assertThat(middle.response().contentRange()).isEqualTo("bytes 2-5/10");
        assertThat(tail.asUtf8String()).isEqualTo("789");
        assertThat(open.asUtf8String()).isEqualTo("789");
        assertThat(beyond.response().contentRange()).isEqualTo("bytes 5-9/10");
    }

    @Test
    void a_range_outside_is_416_and_what_is_no_single_range_is_ignored() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "0123456789");
        // When
        var outside = refusal("InvalidRange", () -> range(bucket, "bytes=10-12"));
        var several = range(bucket, "bytes=0-1,3-4");
        // Then
        assertThat(outside.statusCode()).isEqualTo(416);
        assertThat(several.asUtf8String()).isEqualTo("0123456789");
        assertThat(several.response().sdkHttpResponse().statusCode()).isEqualTo(200);
    }

    @Test
    void an_object_in_one_piece_has_one_part() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "0123456789");
        // When
        var part = s3.headObject(
                request -> request.bucket(bucket.name()).key("key").partNumber(1));
        var none = refusalStatus(() -> s3.headObject(
                request -> request.bucket(bucket.name()).key("key").partNumber(2)));
        // Then
        assertThat(part.contentLength()).isEqualTo(10);
        assertThat(part.partsCount()).isNull();
        assertThat(none).isEqualTo(416);
    }

    @Test
    void a_read_with_if_none_match_of_the_same_object_is_304() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "bytes");
        var eTag = s3.headObject(request -> request.bucket(bucket.name()).key("key"))
                .eTag();
        // Then
        assertThat(refusalStatus(() -> s3.getObjectAsBytes(
                        request -> request.bucket(bucket.name()).key("key").ifNoneMatch(eTag))))
                .isEqualTo(304);
        assertThat(refusalStatus(() -> s3.getObjectAsBytes(
                        request -> request.bucket(bucket.name()).key("key").ifMatch("\"other\""))))
                .isEqualTo(412);
        assertThat(s3.getObjectAsBytes(request -> request.bucket(bucket.name())
                                .key("key")
                                .ifMatch(eTag)
                                .ifUnmodifiedSince(Instant.EPOCH))
                        .asUtf8String())
                .isEqualTo("bytes");
    }

    @Test
    void a_read_is_judged_by_the_time_of_the_last_change() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "bytes");
        var changed = s3.headObject(request -> request.bucket(bucket.name()).key("key"))
                .lastModified();
        // Then
        assertThat(refusalStatus(() -> s3.headObject(
                        request -> request.bucket(bucket.name()).key("key").ifModifiedSince(changed))))
                .isEqualTo(304);
        assertThat(refusalStatus(() -> s3.headObject(request ->
                        request.bucket(bucket.name()).key("key").ifUnmodifiedSince(changed.minusSeconds(1)))))
                .isEqualTo(412);
        assertThat(s3.headObject(request ->
                                request.bucket(bucket.name()).key("key").ifModifiedSince(changed.minusSeconds(1)))
                        .contentLength())
                .isEqualTo(5);
    }

    @Test
    void the_query_overrides_headers_of_the_answer() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "bytes");
        // When
        var got = s3.getObject(
                request -> request.bucket(bucket.name())
                        .key("key")
                        .responseContentType("text/csv")
                        .responseContentDisposition("attachment"),
                ResponseTransformer.toBytes());
        // Then
        assertThat(got.response().contentType()).isEqualTo("text/csv");
        assertThat(got.response().contentDisposition()).isEqualTo("attachment");
    }

    @Test
    void head_tells_all_that_get_tells_but_the_bytes() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        s3.putObject(
                request -> request.bucket(bucket.name())
                        .key("key")
                        .contentType("text/plain")
                        .metadata(Map.of("origin", "here"))
                        .tagging("a=1&b=2"),
                RequestBody.fromString("bytes"));
        // When
        var head = s3.headObject(request -> request.bucket(bucket.name()).key("key"));
        var get = s3.getObjectAsBytes(request -> request.bucket(bucket.name()).key("key"))
                .response();
        // Then
        assertThat(head.contentLength()).isEqualTo(get.contentLength()).isEqualTo(5);
        assertThat(head.eTag()).isEqualTo(get.eTag()).isEqualTo("\"4b3a6218bb3e3a7303e8a171a60fcf92\"");
        assertThat(head.metadata()).isEqualTo(get.metadata()).containsEntry("origin", "here");
        assertThat(head.versionId()).isEqualTo(get.versionId());
        assertThat(head.acceptRanges()).isEqualTo("bytes");
        assertThat(head.serverSideEncryptionAsString()).isEqualTo("AES256");
        assertThat(get.tagCount()).isEqualTo(2);
        assertThat(head.sdkHttpResponse().firstMatchingHeader("x-amz-request-id"))
                .isPresent();
        assertThat(head.sdkHttpResponse().firstMatchingHeader("x-amz-id-2")).isPresent();
        assertThat(head.sdkHttpResponse().firstMatchingHeader("Date")).isPresent();
    }

    @Test
    void an_archived_object_can_be_looked_at_and_not_read() {
        // Given
        var bucket = world.bucket();
        s3.putObject(
                request -> request.bucket(bucket.name()).key("key").storageClass(StorageClass.GLACIER),
                RequestBody.fromString("bytes"));
        // Then
        assertThat(s3.headObject(request -> request.bucket(bucket.name()).key("key"))
                        .storageClass())
                .isEqualTo(StorageClass.GLACIER);
        refusal("InvalidObjectState", () -> world.get(bucket, "key"));
    }

    private static int refusalStatus(ThrowableAssert.ThrowingCallable call) {
        return Assertions.catchThrowableOfType(S3Exception.class, call).statusCode();
    }
}

package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/** UG: Working with object metadata: the PUT request header is limited to 8 KB in size. */
class HeaderSectionTest {
    private static final String CODE = "RequestHeaderSectionTooLarge";

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

    private static Tagging tags(String letter) {
        return Tagging.builder()
                .tagSet(IntStream.range(0, 10)
                        .mapToObj(number -> Tag.builder()
                                .key("k" + number)
                                .value(letter.repeat(256))
                                .build())
                        .toList())
                .build();
    }

    private static List<Tag> tagsOf(BucketState bucket) {
        return s3.getObjectTagging(request -> request.bucket(bucket.name()).key("key"))
                .tagSet();
    }

    @Test
    void tags_that_make_more_of_it_are_refused_with_whatever_writes_a_version() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        world.put(bucket, "source", "1");

        // When / Then
        refusal(
                CODE,
                () -> s3.putObject(
                        request -> request.bucket(bucket.name()).key("key").tagging(tags("\u00E9")),
                        RequestBody.fromString("1")));
        refusal(
                CODE,
                () -> s3.createMultipartUpload(
                        request -> request.bucket(bucket.name()).key("key").tagging(tags("\u00E9"))));
        refusal(
                CODE,
                () -> s3.copyObject(request -> request.sourceBucket(bucket.name())
                        .sourceKey("source")
                        .destinationBucket(bucket.name())
                        .destinationKey("key")
                        .taggingDirective(TaggingDirective.REPLACE)
                        .tagging(tags("\u00E9"))));
    }

    @Test
    void the_same_tags_are_taken_in_a_body() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        world.put(bucket, "key", "1");

        // When
        s3.putObjectTagging(request -> request.bucket(bucket.name()).key("key").tagging(tags("\u00E9")));

        // Then
        assertThat(tagsOf(bucket))
                .containsExactlyInAnyOrderElementsOf(tags("\u00E9").tagSet());
    }

    @Test
    void tags_that_fit_are_taken_in_headers() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);

        // When
        s3.putObject(
                request -> request.bucket(bucket.name()).key("key").tagging(tags("e")), RequestBody.fromString("1"));

        // Then
        assertThat(tagsOf(bucket)).containsExactlyInAnyOrderElementsOf(tags("e").tagSet());
    }
}

package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.EventName;
import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;

class TaggingTest {
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

    private static Tag tag(String name, String value) {
        return Tag.builder().key(name).value(value).build();
    }

    private static void setTags(BucketState bucket, List<Tag> tags) {
        s3.putObjectTagging(
                request -> request.bucket(bucket.name()).key("key").tagging(tagging -> tagging.tagSet(tags)));
    }

    @Test
    void tags_belong_to_a_version() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var first = world.put(bucket, "key", "1");
        world.put(bucket, "key", "2");
        // When
        s3.putObjectTagging(request -> request.bucket(bucket.name())
                .key("key")
                .versionId(first)
                .tagging(tagging -> tagging.tagSet(tag("a b", "\u00E9 +-="), tag("empty", ""))));
        // Then
        var ofFirst = s3.getObjectTagging(
                request -> request.bucket(bucket.name()).key("key").versionId(first));
        assertThat(ofFirst.tagSet()).containsExactly(tag("a b", "\u00E9 +-="), tag("empty", ""));
        assertThat(ofFirst.versionId()).isEqualTo(first);
        assertThat(s3.getObjectTagging(request -> request.bucket(bucket.name()).key("key"))
                        .tagSet())
                .isEmpty();
    }

    @Test
    void tags_come_along_with_a_put_and_go_when_they_are_deleted() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        s3.putObject(
                request -> request.bucket(bucket.name()).key("key").tagging("a=1&b=%C3%A9+x"),
                RequestBody.fromString("x"));
        // When
        var before = s3.getObjectTagging(
                        request -> request.bucket(bucket.name()).key("key"))
                .tagSet();
        s3.deleteObjectTagging(request -> request.bucket(bucket.name()).key("key"));
        // Then
        assertThat(before).containsExactly(tag("a", "1"), tag("b", "\u00E9 x"));
        assertThat(s3.headObject(request -> request.bucket(bucket.name()).key("key"))
                        .tagCount())
                .isNull();
        assertThat(world.changesOf(bucket))
                .extracting(Change::name)
                .containsExactly(EventName.OBJECT_CREATED_PUT, EventName.OBJECT_TAGGING_DELETE);
        assertThat(world.changesOf(bucket).getLast().sequencer()).isEmpty();
    }

    @Test
    void tags_that_break_the_rules_are_refused() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "x");
        // Then
        refusal(
                "BadRequest",
                () -> setTags(
                        bucket,
                        IntStream.range(0, 11).mapToObj(i -> tag("t" + i, "")).toList()));
        refusal("InvalidTag", () -> setTags(bucket, List.of(tag("a", "1"), tag("a", "2"))));
        refusal("InvalidTag", () -> setTags(bucket, List.of(tag("k".repeat(129), ""))));
        refusal("InvalidTag", () -> setTags(bucket, List.of(tag("k", "v".repeat(257)))));
        refusal("InvalidTag", () -> setTags(bucket, List.of(tag("k", "<v>"))));
        refusal("InvalidTag", () -> setTags(bucket, List.of(tag("aws:k", "v"))));
        refusal(
                "InvalidArgument",
                () -> s3.putObject(
                        request -> request.bucket(bucket.name()).key("key").tagging("a=1&a=2"),
                        RequestBody.fromString("x")));
        assertThat(s3.getObjectTagging(request -> request.bucket(bucket.name()).key("key"))
                        .tagSet())
                .isEmpty();
    }

    @Test
    void a_delete_marker_has_no_tags() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        s3.deleteObject(request -> request.bucket(bucket.name()).key("key"));
        // When
        var refused = refusal(
                "MethodNotAllowed",
                () -> s3.getObjectTagging(
                        request -> request.bucket(bucket.name()).key("key")));
        // Then
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(ServedWorld.header(refused, "x-amz-delete-marker")).isEqualTo("true");
        refusal("MethodNotAllowed", () -> setTags(bucket, List.of(tag("a", "1"))));
    }

    @Test
    void a_bucket_has_tags_of_its_own() {
        // Given
        var bucket = world.bucket();
        // When
        refusal("NoSuchTagSet", () -> s3.getBucketTagging(request -> request.bucket(bucket.name())));
        s3.putBucketTagging(
                request -> request.bucket(bucket.name()).tagging(tagging -> tagging.tagSet(tag("team", "blue"))));
        // Then
        assertThat(s3.getBucketTagging(request -> request.bucket(bucket.name())).tagSet())
                .containsExactly(tag("team", "blue"));
        s3.deleteBucketTagging(request -> request.bucket(bucket.name()));
        refusal("NoSuchTagSet", () -> s3.getBucketTagging(request -> request.bucket(bucket.name())));
    }

    @Test
    void who_may_not_see_the_tags_reads_the_object_without_their_number() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        world.put(bucket, "key", "1");
        setTags(bucket, List.of(tag("a", "b")));
        var before = s3.headObject(request -> request.bucket(bucket.name()).key("key"));
        bucket.settings().setPolicy(Optional.of("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                         "Action": "s3:GetObjectTagging", "Resource": "arn:aws:s3:::%s/*"}]}""".formatted(bucket.name())));
        // When
        var head = s3.headObject(request -> request.bucket(bucket.name()).key("key"));
        // Then
        assertThat(before.tagCount()).isEqualTo(1);
        assertThat(head.tagCount()).isNull();
    }
}

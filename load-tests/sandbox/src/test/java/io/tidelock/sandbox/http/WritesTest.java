package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class WritesTest {
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

    @Test
    void if_none_match_writes_only_where_nothing_is() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        // When
        putIfAbsent(bucket, "first");
        var second = refusal("PreconditionFailed", () -> putIfAbsent(bucket, "second"));
        // Then
        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(world.get(bucket, "key")).isEqualTo("first");
        assertThat(bucket.versions("key")).hasSize(1);
    }

    @Test
    void if_none_match_writes_above_a_delete_marker() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        world.put(bucket, "key", "old");
        s3.deleteObject(request -> request.bucket(bucket.name()).key("key"));
        // When
        putIfAbsent(bucket, "new");
        // Then
        assertThat(world.get(bucket, "key")).isEqualTo("new");
    }

    @Test
    void if_match_writes_only_over_the_object_that_was_seen() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "seen");
        var eTag = s3.headObject(request -> request.bucket(bucket.name()).key("key"))
                .eTag();
        // When
        s3.putObject(request -> request.bucket(bucket.name()).key("key").ifMatch(eTag), RequestBody.fromString("next"));
        var stale = refusal(
                "PreconditionFailed",
                () -> s3.putObject(
                        request -> request.bucket(bucket.name()).key("key").ifMatch(eTag),
                        RequestBody.fromString("stale")));
        var missing = refusal(
                "NoSuchKey",
                () -> s3.putObject(
                        request -> request.bucket(bucket.name()).key("missing").ifMatch(eTag),
                        RequestBody.fromString("x")));
        // Then
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(world.get(bucket, "key")).isEqualTo("next");
    }

    @Test
    void of_many_writers_that_want_to_be_first_one_is() {
        // Given
        var bucket = world.bucket();
        // When
        var won = new AtomicInteger();
        try (var writers = Executors.newFixedThreadPool(8)) {
            IntStream.range(0, 32)
                    .forEach(i -> writers.execute(() -> {
                        try {
                            putIfAbsent(bucket, "writer " + i);
                            won.incrementAndGet();
                        } catch (S3Exception _) {
                            // lost
                        }
                    }));
        }
        // Then
        assertThat(won).hasValue(1);
    }

    @Test
    void metadata_comes_back_as_it_was_given() {
        // Given
        var bucket = world.bucket();
        // When
        s3.putObject(
                request -> request.bucket(bucket.name())
                        .key("key")
                        .contentType("text/plain; charset=utf-8")
                        .contentEncoding("gzip")
                        .contentLanguage("de")
                        .contentDisposition("attachment; filename=\"a b\"")
                        .cacheControl("no-store")
                        .websiteRedirectLocation("/elsewhere")
                        .metadata(Map.of("one", "1", "with-dash", "a, b")),
                RequestBody.fromString("bytes"));
        var head = s3.headObject(request -> request.bucket(bucket.name()).key("key"));
        // Then
        assertThat(head.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(head.contentEncoding()).isEqualTo("gzip");
        assertThat(head.contentLanguage()).isEqualTo("de");
        assertThat(head.contentDisposition()).isEqualTo("attachment; filename=\"a b\"");
        assertThat(head.cacheControl()).isEqualTo("no-store");
        assertThat(head.websiteRedirectLocation()).isEqualTo("/elsewhere");
        assertThat(head.metadata()).containsExactlyInAnyOrderEntriesOf(Map.of("one", "1", "with-dash", "a, b"));
    }

    @Test
    void the_encoding_of_the_wire_is_not_kept() {
        // Given
        var bucket = world.bucket();
        // When
        world.put(bucket, "key", "sent in signed chunks with a trailer by default");
        // Then
        assertThat(s3.headObject(request -> request.bucket(bucket.name()).key("key"))
                        .contentEncoding())
                .isNull();
    }

    @Test
    void user_metadata_of_more_than_two_kilobytes_is_refused() {
        // Given
        var bucket = world.bucket();
        // When
        s3.putObject(
                request -> request.bucket(bucket.name()).key("fits").metadata(Map.of("m", "x".repeat(2047))),
                RequestBody.fromString("x"));
        // Then
        refusal(
                "MetadataTooLarge",
                () -> s3.putObject(
                        request -> request.bucket(bucket.name()).key("key").metadata(Map.of("m", "x".repeat(2048))),
                        RequestBody.fromString("x")));
    }

    @Test
    void a_storage_class_that_is_none_is_refused() {
        // Given
        var bucket = world.bucket();
        // Then
        refusal(
                "InvalidStorageClass",
                () -> s3.putObject(
                        request -> request.bucket(bucket.name()).key("key").storageClass("COLD"),
                        RequestBody.fromString("x")));
    }

    @Test
    void odd_keys_are_kept_byte_by_byte() {
        // Given
        var bucket = world.bucket();
        var keys = List.of(
                "a b",
                "a+b",
                "a%2Bb",
                "100%",
                "caf\u00E9",
                "cafe\u0301",
                "\uD83D\uDE00",
                "x/../y",
                "trail/",
                "dots..",
                "trailing space ",
                "k".repeat(1024),
                "q?&=#;,:@$!'()*[]{}|^~`<>\"\\");
        // When
        keys.forEach(key -> world.put(bucket, key, "of " + key));
        // Then
        assertThat(keys).allSatisfy(key -> assertThat(world.get(bucket, key)).isEqualTo("of " + key));
        refusal("KeyTooLongError", () -> world.put(bucket, "k".repeat(1025), "x"));
    }

    @Test
    void an_object_may_be_empty() {
        // Given
        var bucket = world.bucket();
        // When
        world.put(bucket, "key", "");
        // Then
        assertThat(world.get(bucket, "key")).isEmpty();
        assertThat(s3.headObject(request -> request.bucket(bucket.name()).key("key"))
                        .contentLength())
                .isZero();
    }

    private static PutObjectResponse putIfAbsent(BucketState bucket, String bytes) {
        return s3.putObject(
                request -> request.bucket(bucket.name()).key("key").ifNoneMatch("*"), RequestBody.fromString(bytes));
    }
}

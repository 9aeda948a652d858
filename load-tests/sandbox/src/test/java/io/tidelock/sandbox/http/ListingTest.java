package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

class ListingTest {
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
    void objects_come_in_the_order_of_their_bytes_in_utf_8() {
        // Given
        var bucket = world.bucket();
        var keys = List.of("a", "\uD83D\uDE00 emoji", "\uFFEE last of the plane", "Z", "\u00E9");
        keys.forEach(key -> world.put(bucket, key, "x"));
        // When
        var listed = s3.listObjectsV2(request -> request.bucket(bucket.name())).contents();
        // Then
        assertThat(listed)
                .extracting(S3Object::key)
                .containsExactly("Z", "a", "\u00E9", "\uFFEE last of the plane", "\uD83D\uDE00 emoji");
    }

    @Test
    void pages_of_objects_follow_each_other_without_gap_or_repeat() {
        // Given
        var bucket = world.bucket();
        for (var i = 0; i < 25; i++) {
            world.put(bucket, "key-%02d".formatted(i), "x");
        }
        // When
        var pages = s3.listObjectsV2Paginator(
                request -> request.bucket(bucket.name()).maxKeys(10));
        // Then
        assertThat(pages).hasSize(3);
        assertThat(pages.contents())
                .extracting(S3Object::key)
                .hasSize(25)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void a_delimiter_rolls_keys_up_and_counts_each_group_once() {
        // Given
        var bucket = world.bucket();
        for (var key : List.of("a/1", "a/2", "a/b/3", "b", "c/1", "c/2")) {
            world.put(bucket, key, "x");
        }
        // When
        var first = s3.listObjectsV2(
                request -> request.bucket(bucket.name()).delimiter("/").maxKeys(2));
        var second = s3.listObjectsV2(request ->
                request.bucket(bucket.name()).delimiter("/").continuationToken(first.nextContinuationToken()));
        // Then
        assertThat(first.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/");
        assertThat(first.contents()).extracting(S3Object::key).containsExactly("b");
        assertThat(first.keyCount()).isEqualTo(2);
        assertThat(second.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("c/");
        assertThat(second.isTruncated()).isFalse();
    }

    @Test
    void a_group_of_nothing_but_delete_markers_is_not_listed() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        world.put(bucket, "gone/1", "x");
        s3.deleteObject(request -> request.bucket(bucket.name()).key("gone/1"));
        world.put(bucket, "here/1", "x");
        // When
        var listed = s3.listObjectsV2(request -> request.bucket(bucket.name()).delimiter("/"));
        // Then
        assertThat(listed.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("here/");
    }

    @Test
    void the_first_version_of_the_api_pages_by_marker() {
        // Given
        var bucket = world.bucket();
        for (var key : List.of("a/1", "b/1", "c")) {
            world.put(bucket, key, "x");
        }
        // When
        var first = s3.listObjects(
                request -> request.bucket(bucket.name()).delimiter("/").maxKeys(1));
        var second = s3.listObjects(
                request -> request.bucket(bucket.name()).delimiter("/").marker(first.nextMarker()));
        // Then
        assertThat(first.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/");
        assertThat(second.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("b/");
        assertThat(second.contents()).extracting(S3Object::key).containsExactly("c");
    }

    @Test
    void versions_come_newest_first_and_only_the_newest_is_the_latest() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var first = world.put(bucket, "key", "1");
        var second = world.put(bucket, "key", "22");
        // When
        var listed = s3.listObjectVersions(request -> request.bucket(bucket.name()));
        // Then
        assertThat(listed.versions()).extracting(ObjectVersion::versionId).containsExactly(second, first);
        assertThat(listed.versions()).extracting(ObjectVersion::isLatest).containsExactly(true, false);
        assertThat(listed.versions()).extracting(ObjectVersion::size).containsExactly(2L, 1L);
        assertThat(listed.versions().getFirst().owner().id()).isEqualTo(ServedWorld.ALICE.canonicalId());
    }

    @Test
    void pages_of_versions_break_within_a_key() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var written = new ArrayList<String>();
        for (var key : List.of("a", "b")) {
            for (var i = 0; i < 5; i++) {
                written.add(world.put(bucket, key, "x"));
            }
            s3.deleteObject(request -> request.bucket(bucket.name()).key(key));
        }
        // When
        var pages = s3.listObjectVersionsPaginator(
                request -> request.bucket(bucket.name()).maxKeys(3));
        // Then
        assertThat(pages).hasSize(4);
        assertThat(pages.versions()).extracting(ObjectVersion::versionId).containsExactlyInAnyOrderElementsOf(written);
        assertThat(pages.deleteMarkers()).extracting(DeleteMarkerEntry::key).containsExactly("a", "b");
        assertThat(pages.deleteMarkers())
                .extracting(DeleteMarkerEntry::isLatest)
                .containsExactly(true, true);
    }

    @Test
    void versions_roll_up_by_delimiter_and_go_on_after_the_group() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        for (var key : List.of("a/1", "a/2", "b")) {
            world.put(bucket, key, "x");
        }
        // When
        var first = s3.listObjectVersions(
                request -> request.bucket(bucket.name()).delimiter("/").maxKeys(1));
        var second = s3.listObjectVersions(
                request -> request.bucket(bucket.name()).delimiter("/").keyMarker(first.nextKeyMarker()));
        // Then
        assertThat(first.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/");
        assertThat(first.nextKeyMarker()).isEqualTo("a/");
        assertThat(second.versions()).extracting(ObjectVersion::key).containsExactly("b");
        assertThat(second.commonPrefixes()).isEmpty();
    }

    @Test
    void keys_that_xml_cannot_hold_are_listed_encoded() throws Exception {
        // Given
        var bucket = world.bucket();
        var key = "a b+c%/\u0001&<>\"'";
        world.put(bucket, key, "x");
        // When
        var decoded = s3.listObjectsV2(request -> request.bucket(bucket.name()).encodingType(EncodingType.URL))
                .contents();
        var raw = world.send("GET", "/" + bucket.name() + "?list-type=2&encoding-type=url", "")
                .body();
        // Then
        assertThat(decoded).extracting(S3Object::key).containsExactly(key);
        assertThat(raw).contains("<Key>a+b%2Bc%25/%01%26%3C%3E%22%27</Key>");
    }

    @Test
    void a_page_of_no_keys_is_empty_and_complete() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "x");
        // When
        var listed = s3.listObjectsV2(request -> request.bucket(bucket.name()).maxKeys(0));
        // Then
        assertThat(listed.contents()).isEmpty();
        assertThat(listed.isTruncated()).isFalse();
    }

    @Test
    void markers_and_numbers_that_make_no_sense_are_refused() {
        // Given
        BucketState bucket = world.bucket(Versioning.ENABLED);
        // Then
        refusal(
                "InvalidArgument",
                () -> s3.listObjectVersions(
                        request -> request.bucket(bucket.name()).versionIdMarker("A".repeat(32))));
        refusal(
                "InvalidArgument",
                () -> s3.listObjectsV2(request -> request.bucket(bucket.name()).maxKeys(-1)));
    }
}

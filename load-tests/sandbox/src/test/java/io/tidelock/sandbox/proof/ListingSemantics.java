package io.tidelock.sandbox.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Listings of objects and of versions, in pages (API: ListObjectsV2, ListObjects, ListObjectVersions). */
abstract class ListingSemantics extends ObjectSemantics {
    ListingSemantics(ServerUnderTest server) {
        super(server);
    }

    private void putAll(String... keys) {
        for (var key : keys) {
            put(key, key);
        }
    }

    @Test
    void keys_are_listed_in_the_order_of_their_bytes() {
        putAll("b", "a", "B", "c/b", "a b", "ä", "a-", "z", "中");
        var listed = s3().listObjectsV2(b -> b.bucket(bucket));
        assertThat(listed.contents())
                .extracting(S3Object::key)
                .containsExactly("B", "a", "a b", "a-", "b", "c/b", "z", "ä", "中");
        assertThat(listed.keyCount()).isEqualTo(9);
        assertThat(listed.isTruncated()).isFalse();
    }

    @Test
    void a_delimiter_rolls_up_and_a_prefix_narrows() {
        putAll("a/1", "a/2", "a/b/3", "b/1", "c");
        var top = s3().listObjectsV2(b -> b.bucket(bucket).delimiter("/"));
        assertThat(top.contents()).extracting(S3Object::key).containsExactly("c");
        assertThat(top.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/", "b/");
        assertThat(top.keyCount()).isEqualTo(3);
        var inner = s3().listObjectsV2(b -> b.bucket(bucket).prefix("a/").delimiter("/"));
        assertThat(inner.contents()).extracting(S3Object::key).containsExactly("a/1", "a/2");
        assertThat(inner.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/b/");
    }

    @Test
    void a_listing_starts_after_a_key_and_goes_on_by_its_token() {
        putAll("a", "b", "c", "d");
        var after = s3().listObjectsV2(b -> b.bucket(bucket).startAfter("a").maxKeys(2));
        assertThat(after.contents()).extracting(S3Object::key).containsExactly("b", "c");
        assertThat(after.isTruncated()).isTrue();
        var rest = s3().listObjectsV2(b -> b.bucket(bucket).continuationToken(after.nextContinuationToken()));
        assertThat(rest.contents()).extracting(S3Object::key).containsExactly("d");
    }

    @Test
    void the_first_version_of_the_listing_goes_on_by_a_marker() {
        putAll("a", "b/1", "b/2", "c");
        var first = s3().listObjects(b -> b.bucket(bucket).delimiter("/").maxKeys(2));
        assertThat(first.contents()).extracting(S3Object::key).containsExactly("a");
        assertThat(first.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("b/");
        assertThat(first.isTruncated()).isTrue();
        var rest = s3().listObjects(b -> b.bucket(bucket).delimiter("/").marker(first.nextMarker()));
        assertThat(rest.contents()).extracting(S3Object::key).containsExactly("c");
        assertThat(rest.commonPrefixes()).isEmpty();
    }

    @Test
    void a_listing_of_nothing_is_empty() {
        var listed = s3().listObjectsV2(b -> b.bucket(bucket).prefix("none"));
        assertThat(listed.contents()).isEmpty();
        assertThat(listed.isTruncated()).isFalse();
        refused(404, "NoSuchBucket", () -> s3().listObjectsV2(b -> b.bucket("no-such-bucket-anywhere")));
    }

    @Test
    void versions_are_rolled_up_by_a_delimiter() {
        putAll("a/1", "a/1", "b", "b");
        delete("c/d");
        var listed = s3().listObjectVersions(b -> b.bucket(bucket).delimiter("/"));
        assertThat(listed.versions()).hasSize(2);
        assertThat(listed.deleteMarkers()).isEmpty();
        assertThat(listed.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("a/", "c/");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {51, 52})
    void pages_of_any_size_hold_every_key_once_and_in_order(long seed) {
        // Given
        var random = new Random(seed);
        var keys = new TreeSet<String>();
        while (keys.size() < 25) {
            keys.add(key(random));
        }
        keys.forEach(key -> put(key, key));
        for (var delimiter : new String[] {null, "/"}) {
            int pageKeys = random.nextInt(1, 7);
            // When
            var listed = new ArrayList<String>();
            for (var page : s3().listObjectsV2Paginator(
                            b -> b.bucket(bucket).maxKeys(pageKeys).delimiter(delimiter))) {
                assertThat(page.contents().size() + page.commonPrefixes().size())
                        .isLessThanOrEqualTo(pageKeys);
                page.contents().forEach(object -> listed.add(object.key()));
                page.commonPrefixes().forEach(prefix -> listed.add(prefix.prefix()));
            }
            // Then
            var expected = new TreeSet<String>();
            keys.forEach(key -> expected.add(
                    delimiter == null || key.indexOf('/') < 0 ? key : key.substring(0, key.indexOf('/') + 1)));
            assertThat(listed)
                    .as("seed %d, pages of %d, delimiter %s", seed, pageKeys, delimiter)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {61, 62})
    void pages_of_versions_hold_every_version_once_newest_first(long seed) {
        // Given
        var random = new Random(seed);
        var stacks = new TreeMap<String, List<String>>();
        for (int i = 0; i < 40; i++) {
            var key = String.valueOf(letter(random));
            var version = random.nextInt(4) == 0
                    ? delete(key).versionId()
                    : put(key, "v" + i).versionId();
            stacks.computeIfAbsent(key, _ -> new ArrayList<>()).addFirst(version);
        }
        int pageKeys = random.nextInt(1, 7);
        // When
        var listed = new TreeMap<String, List<String>>();
        for (var page : s3().listObjectVersionsPaginator(b -> b.bucket(bucket).maxKeys(pageKeys))) {
            assertThat(page.versions().size() + page.deleteMarkers().size()).isLessThanOrEqualTo(pageKeys);
            page.versions()
                    .forEach(version -> listed.computeIfAbsent(version.key(), _ -> new ArrayList<>())
                            .add(version.versionId()));
            page.deleteMarkers()
                    .forEach(marker -> listed.computeIfAbsent(marker.key(), _ -> new ArrayList<>())
                            .add(marker.versionId()));
        }
        // Then
        assertThat(listed.keySet()).isEqualTo(stacks.keySet());
        stacks.forEach((key, stack) -> assertThat(listed.get(key))
                .as("seed %d, pages of %d, key %s", seed, pageKeys, key)
                .containsExactlyInAnyOrderElementsOf(stack));
    }

    /** A key of one to three segments, none of which is empty and the last of which is no other key's first. */
    private static String key(Random random) {
        var key = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            key.append(letter(random)).append('/');
        }
        return key.append(letter(random)).append(letter(random)).toString();
    }

    private static char letter(Random random) {
        return "abc+ä-".charAt(random.nextInt(6));
    }
}

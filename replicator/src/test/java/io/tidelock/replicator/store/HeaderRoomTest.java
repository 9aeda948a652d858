package io.tidelock.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.replicator.store.Grant.Grantee;
import io.tidelock.replicator.store.Grant.Permission;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which tags and grants go with the request that makes a version. */
class HeaderRoomTest {
    private static ReplicaWrite write(
            String key,
            Map<String, String> metadata,
            ContentHeaders content,
            Map<String, String> tags,
            AclWrite acl,
            Encryption encryption) {
        return new ReplicaWrite(
                new ObjectKey(new Bucket("frankfurt", "replicas"), key),
                3,
                content,
                metadata,
                tags,
                null,
                encryption,
                acl,
                null,
                ObjectLock.NONE,
                new Precondition.Anything());
    }

    private static ReplicaWrite tagged(String key, Map<String, String> metadata, Map<String, String> tags) {
        return write(key, metadata, ContentHeaders.NONE, tags, AclWrite.DEFAULT, new Encryption.None());
    }

    private static Map<String, String> tags(int count, String value) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toUnmodifiableMap(number -> "k" + number, _ -> value));
    }

    private static Set<Grant> grants(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Grant(new Grantee.Account("%064x".formatted(number)), Permission.READ))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Test
    void plain_tags_of_any_length_fit() {
        // When / Then
        assertThat(tagged("a", Map.of(), tags(10, "v".repeat(256))).isFollowed())
                .isFalse();
    }

    @Test
    void each_byte_of_a_foreign_letter_counts_three_times() {
        // Given
        var letters = (HeaderRoom.BYTES_MAX - "a".length() - "k=&".length()) / 9;

        // When / Then
        assertThat(tagged("a", Map.of(), Map.of("k", "\u6F6E".repeat(letters))).isFollowed())
                .isFalse();
        assertThat(tagged("a", Map.of(), Map.of("k", "\u6F6E".repeat(letters + 1)))
                        .isFollowed())
                .isTrue();
    }

    @Test
    void beside_much_metadata_or_a_long_key_fewer_fit() {
        // Given
        var tags = tags(10, "v".repeat(256));

        // When / Then
        assertThat(tagged("a", Map.of("m", "x".repeat(2_000)), tags).isFollowed())
                .isFalse();
        assertThat(tagged("a", Map.of("m", "x".repeat(2_000)), tags(10, "v".repeat(320)))
                        .isFollowed())
                .isTrue();
        assertThat(tagged("\u00E9".repeat(512), Map.of(), tags).isFollowed()).isTrue();
    }

    @Test
    void content_headers_and_the_context_of_encryption_take_room_too() {
        // Given
        var content = new ContentHeaders(null, null, "x".repeat(2_600), null, null, null, null);
        var kms = new Encryption.SseKms(null, false, false, new TreeMap<>(Map.of("pair", "x".repeat(2_000))));
        var tags = tags(10, "v".repeat(256));

        // When / Then
        assertThat(write("a", Map.of(), content, tags, AclWrite.DEFAULT, new Encryption.None())
                        .isFollowed())
                .isTrue();
        assertThat(write("a", Map.of(), ContentHeaders.NONE, tags, AclWrite.DEFAULT, kms)
                        .isFollowed())
                .isTrue();
    }

    @Test
    void seventy_grants_fit_and_seventy_two_do_not() {
        // When / Then
        assertThat(AclWrite.of(grants(70)).fitsHeaders()).isTrue();
        assertThat(AclWrite.of(grants(72)).fitsHeaders()).isFalse();
        assertThat(write("a", Map.of(), ContentHeaders.NONE, Map.of(), AclWrite.of(grants(72)), new Encryption.None())
                        .isFollowed())
                .isTrue();
    }

    @Test
    void a_version_without_tags_and_grants_is_followed_by_nothing_however_long_its_headers() {
        // Given
        var key = "\u00E9".repeat(512);
        var metadata = Map.of("m", "x".repeat(2_047));

        // When / Then
        assertThat(tagged(key, metadata, Map.of()).isFollowed()).isFalse();
        assertThat(write(
                                key,
                                metadata,
                                ContentHeaders.NONE,
                                Map.of(),
                                AclWrite.canned("public-read"),
                                new Encryption.None())
                        .isFollowed())
                .isFalse();
    }
}

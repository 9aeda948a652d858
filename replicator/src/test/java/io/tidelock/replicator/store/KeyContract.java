package io.tidelock.replicator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionStack;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys of every kind that S3 allows, in every kind of request that names one. */
public abstract class KeyContract extends VersionContract {
    @ParameterizedTest
    @EnumSource
    void rule_46_an_odd_key_comes_back_as_it_was_given(OddKey odd) {
        // Given
        var key = key(odd.text());
        var written = put(key, bytes(1, 10));

        // When
        var stack = store().stack(key);

        // Then
        assertThat(stack.layers()).extracting(VersionStack.Layer::id).containsExactly(written.id());
        assertThat(read(key, written.id())).isEqualTo(bytes(1, 10));
        assertThat(present(key).version()).isEqualTo(new ObjectVersion(key, written.id()));
        var marker = store().putDeleteMarker(key);
        assertThat(store().head(key)).isEqualTo(new HeadAnswer.DeleteMarker(marker));
    }

    @ParameterizedTest
    @EnumSource
    void rule_46_an_odd_key_is_copied_to_an_odd_key(OddKey odd) {
        // Given
        var key = key(odd.text());
        var source = new ObjectVersion(key, put(key, bytes(1, 10)).id());
        put(key, bytes(2, 10));
        bucket = fixture().newBucket(Versioning.ENABLED);
        var copy = key(odd.text());

        // When
        var copied = copy(source, plain(copy, 10));

        // Then
        assertThat(read(copy, copied.id())).isEqualTo(bytes(1, 10));
    }

    @ParameterizedTest
    @EnumSource
    void rule_46_an_odd_key_is_uploaded_in_parts(OddKey odd) {
        // Given
        var key = key(odd.text());
        var upload = store().startUpload(plain(key, 10));
        var part = store().uploadPart(upload, 1, new ByteArrayInputStream(bytes(1, 10)), 10);
        var uploads = new ArrayList<Multipart.Open>();
        store().uploads(bucket, uploads::add);

        // When
        var written = store().completeUpload(upload, List.of(part));

        // Then
        assertThat(uploads).extracting(Multipart.Open::object).containsExactly(key);
        assertThat(read(key, written.id())).isEqualTo(bytes(1, 10));
    }

    @ParameterizedTest
    @EnumSource(names = {"PLUS", "QUERY", "LEADING_SLASH", "DOTS", "LONG_EUROS"})
    void rule_46_an_odd_key_is_tagged(OddKey odd) {
        // Given
        var key = key(odd.text());
        var write = decorated(key, 10, ContentHeaders.NONE, Map.of(), Map.of("a", "1"));
        var version = new ObjectVersion(key, put(write, bytes(1, 10)).id());

        // When
        store().putTags(version, Map.of("a", "2"));

        // Then
        assertThat(store().tags(version)).isEqualTo(Map.of("a", "2"));
    }

    @Test
    void rule_46_keys_that_look_alike_are_different_keys() {
        // Given
        var keys = List.of("a b", "a+b", "a%20b", "a%2Bb", "\u00e9", "e\u0301", "K", "k", "\u212a");

        // When
        keys.forEach(key -> put(key(key), key.getBytes(UTF_8)));

        // Then
        assertThat(keys).allSatisfy(key -> {
            var layers = store().stack(key(key)).layers();
            assertThat(layers).hasSize(1);
            assertThat(read(key(key), layers.getFirst().id())).asString(UTF_8).isEqualTo(key);
        });
    }

    @Test
    void rule_46_a_key_of_more_than_1024_bytes_is_refused() {
        // Given
        var key = key("\u20ac".repeat(341) + "xy");

        // When / Then
        assertFails(StoreFailure.INVALID_REQUEST, () -> put(key, bytes(1, 10)));
    }
}

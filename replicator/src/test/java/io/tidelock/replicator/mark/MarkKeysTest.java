package io.tidelock.replicator.mark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.mark.MarkCheck.Absent;
import io.tidelock.replicator.mark.MarkCheck.Invalid;
import io.tidelock.replicator.mark.MarkCheck.Valid;
import io.tidelock.replicator.mark.OriginMark.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkKeysTest {
    private static final ObjectKey REPLICA = new ObjectKey(new Bucket("frankfurt", "replicas"), "a;b/ü%");
    private static final OriginMark MARK = new OriginMark(
            new Bucket("paris", "originals"),
            new VersionId("v;1/+ü"),
            new Sequencer("0A1B2C"),
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            null,
            Kind.IN_ORDER);

    private final MarkKeys keys = new MarkKeys(List.of(key("k1", 1)));

    private static MarkKey key(String id, int seed) {
        return new MarkKey(id, "%032d".formatted(seed).getBytes(UTF_8));
    }

    private static Map<String, String> carrying(String mark) {
        return Map.of(MarkKeys.METADATA_NAME, mark, "other", "x");
    }

    @Test
    void rule_23_what_was_signed_verifies_at_its_place() {
        for (var kind : Kind.values()) {
            // When
            var check = keys.check(carrying(keys.sign(MARK.as(kind), REPLICA)), REPLICA);

            // Then
            assertThat(check).isEqualTo(new Valid(MARK.as(kind)));
        }
    }

    @Test
    void the_mark_of_a_null_version_names_its_etag() {
        // Given
        var mark =
                new OriginMark(MARK.source(), VersionId.NULL, null, MARK.lastModified(), "d41d8cd98f00b204", Kind.LATE);

        // When / Then
        assertThat(keys.check(carrying(keys.sign(mark, REPLICA)), REPLICA)).isEqualTo(new Valid(mark));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new OriginMark(MARK.source(), VersionId.NULL, null, MARK.lastModified(), null, Kind.LATE));
    }

    @Test
    void a_mark_that_tells_of_what_comes_after_its_replica_is_no_longer_than_any_other() {
        // Given
        for (var kind : Kind.values()) {
            var plain = MARK.as(kind);
            var followed = plain.followed(true);

            // When
            var signed = keys.sign(followed, REPLICA);

            // Then
            assertThat(keys.check(carrying(signed), REPLICA)).isEqualTo(new Valid(followed));
            assertThat(followed).isNotEqualTo(plain);
            assertThat(signed).hasSameSizeAs(keys.sign(plain, REPLICA));
        }
    }

    @Test
    void a_copy_of_a_replica_to_another_key_bucket_or_store_is_an_ordinary_object() {
        // Given
        var metadata = carrying(keys.sign(MARK, REPLICA));
        var otherKey = new ObjectKey(REPLICA.bucket(), "other");
        var otherBucket = new ObjectKey(new Bucket("frankfurt", "others"), REPLICA.key());
        var otherStore = new ObjectKey(new Bucket("milan", "replicas"), REPLICA.key());

        // When / Then
        assertThat(List.of(otherKey, otherBucket, otherStore))
                .allSatisfy(place -> assertThat(keys.check(metadata, place)).isInstanceOf(Invalid.class));
    }

    @Test
    void a_copy_of_a_replica_to_where_bucket_and_key_read_the_same_together_is_an_ordinary_object() {
        // Given
        var metadata = carrying(keys.sign(MARK, new ObjectKey(new Bucket("frankfurt", "replicas"), "a")));

        // When / Then
        assertThat(keys.check(metadata, new ObjectKey(new Bucket("frankfurt", "replica"), "sa")))
                .isInstanceOf(Invalid.class);
        assertThat(keys.check(metadata, new ObjectKey(new Bucket("frankfurtreplicas", "a"), "a")))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void keys_are_shown_by_their_ids_alone() {
        assertThat(keys).hasToString("[MarkKey[k1]]");
    }

    @Test
    void a_key_has_a_readable_id_and_a_secret_of_sixteen_bytes_or_more() {
        assertThat(new MarkKey("k.1-a_B", new byte[16]).id()).isEqualTo("k.1-a_B");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MarkKey("k", new byte[15]))
                .withMessage("mark.keys.secret of \"k\" must have at least 16 bytes, had 15");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MarkKey("a key", new byte[16]))
                .withMessageContaining("was \"a key\"");
    }

    @Test
    void a_changed_mark_does_not_verify() {
        // Given
        var mark = keys.sign(MARK, REPLICA);

        // When / Then
        for (var i = 0; i < mark.length(); i++) {
            var changed = mark.substring(0, i) + (mark.charAt(i) == 'A' ? 'B' : 'A') + mark.substring(i + 1);
            assertThat(keys.check(carrying(changed), REPLICA)).as(changed).isInstanceOf(Invalid.class);
        }
    }

    @Test
    void older_keys_keep_verifying_and_unknown_ones_do_not() {
        // Given
        var mark = keys.sign(MARK, REPLICA);
        var rotated = new MarkKeys(List.of(key("k2", 2), key("k1", 1)));
        var renewed = new MarkKeys(List.of(key("k2", 2)));
        var impostor = new MarkKeys(List.of(key("k1", 3)));

        // When / Then
        assertThat(rotated.check(carrying(mark), REPLICA)).isInstanceOf(Valid.class);
        assertThat(rotated.sign(MARK, REPLICA)).contains(";k2;");
        assertThat(renewed.check(carrying(mark), REPLICA)).isEqualTo(new Invalid("signed with an unknown key"));
        assertThat(impostor.check(carrying(mark), REPLICA)).isInstanceOf(Invalid.class);
    }

    @Test
    void an_object_without_a_mark_has_none() {
        assertThat(keys.check(Map.of("other", "x"), REPLICA)).isEqualTo(new Absent());
    }

    @Test
    void a_mark_fits_as_long_as_all_metadata_stays_within_two_kilobytes() {
        // Given
        var mark = keys.sign(MARK, REPLICA);
        var room = MarkKeys.USER_METADATA_BYTES_MAX - MarkKeys.METADATA_NAME.length() - mark.length() - 1;

        // When / Then
        assertThat(MarkKeys.fits(Map.of("n", "x".repeat(room)), mark)).isTrue();
        assertThat(MarkKeys.fits(Map.of("n", "x".repeat(room + 1)), mark)).isFalse();
        assertThat(MarkKeys.fits(Map.of("n", "ü".repeat(room / 2 + 1)), mark)).isFalse();
        assertThat(MarkKeys.fits(Map.of("n", "x".repeat(room), MarkKeys.METADATA_NAME, "an old one"), mark))
                .isTrue();
    }

    @Test
    void keys_are_checked_and_never_shown() {
        // Given
        var secret = "a very secret secret".getBytes(UTF_8);

        // When / Then
        assertThat(new MarkKeys(List.of(new MarkKey("k1", secret))).toString()).doesNotContain("very secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MarkKey("k1", new byte[15]))
                .withMessageContaining("mark.keys.secret of \"k1\"");
        assertThatIllegalArgumentException().isThrownBy(() -> new MarkKey("k;1", secret));
        assertThatIllegalArgumentException().isThrownBy(() -> new MarkKeys(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MarkKeys(List.of(key("k1", 1), key("k1", 2))))
                .withMessageContaining("\"k1\" twice");
    }

    @FuzzTest
    void whatever_stands_in_the_metadata_is_judged_without_an_exception(byte[] data) {
        // When
        var check = keys.check(carrying(new String(data, UTF_8)), REPLICA);

        // Then
        assertThat(check).isInstanceOf(Invalid.class);
    }
}

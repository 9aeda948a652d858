package io.tidelock.sandbox.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidelock.sandbox.body.HeapBody;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BucketStateTest {
    private static final Account OWNER = Account.of("111122223333", "owner");
    private static final Account WRITER = Account.of("444455556666", "writer");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.5Z");
    private static final ObjectAttributes PLAIN = new ObjectAttributes(
            Map.of(), Map.of(), Map.of("a", "1", "b", "2"), "STANDARD", Encryption.SSE_S3, VersionLock.NONE);

    private final List<Change> changes = new ArrayList<>();
    private final BucketState bucket = bucket(1, "eu-west-3", "bucket");

    private BucketState bucket(long seed, String region, String name) {
        var world = new World(InstantSource.fixed(NOW), seed, Set.of("eu-west-3", "eu-central-1"));
        world.listen(changes::add);
        world.add(OWNER);
        return world.createBucket(name, region, OWNER);
    }

    private static Actor actor(Account account) {
        return new Actor(account.id(), account.canonicalId(), "AWS:" + account.id(), "127.0.0.1", "request");
    }

    private static StoredVersion put(BucketState bucket, String bytes) {
        var raw = bytes.getBytes(StandardCharsets.UTF_8);
        return bucket.put(
                new NewObject(
                        EventName.OBJECT_CREATED_PUT,
                        "key",
                        new HeapBody(raw, raw.length),
                        "md5",
                        PLAIN,
                        Optional.empty(),
                        Optional.empty(),
                        WriteCondition.NONE),
                actor(WRITER));
    }

    private StoredVersion current() {
        return (StoredVersion) bucket.find("key", Optional.empty()).orElseThrow();
    }

    @Test
    void the_same_seed_gives_the_same_ids_and_another_region_other_ones() {
        // Given
        var here = bucket(7, "eu-west-3", "same");
        var again = bucket(7, "eu-west-3", "same");
        var there = bucket(7, "eu-central-1", "same");
        List.of(here, again, there).forEach(each -> each.setVersioning(Versioning.ENABLED));
        // When
        var id = put(here, "x").versionId();
        // Then
        assertThat(put(again, "x").versionId()).isEqualTo(id);
        assertThat(put(there, "x").versionId()).isNotEqualTo(id);
        assertThat(VersionIds.wellFormed(id)).isTrue();
    }

    @Test
    void sequencers_grow_even_when_the_clock_stands_still() {
        // When
        for (var i = 0; i < 100; i++) {
            put(bucket, "x");
        }
        // Then
        assertThat(changes)
                .extracting(change -> change.sequencer().orElseThrow())
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(sequencer -> sequencer.matches("00[0-9A-F]{16}"));
    }

    @Test
    void times_of_versions_are_whole_seconds() {
        // When
        var written = put(bucket, "x");
        // Then
        assertThat(written.lastModified()).isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
        assertThat(changes.getLast().at()).isEqualTo(NOW);
    }

    @Test
    void a_change_in_place_of_a_version_that_is_gone_is_refused() {
        // Given
        bucket.setVersioning(Versioning.ENABLED);
        var written = put(bucket, "x");
        bucket.deleteVersion("key", written.versionId(), actor(OWNER));
        put(bucket, "y");
        // When
        var refused = catchThrowableOfType(Refusal.class, () -> bucket.setTags(written, Map.of(), actor(OWNER)));
        // Then
        assertThat(refused.code()).isEqualTo(ErrorCode.NO_SUCH_VERSION);
    }

    @Test
    void without_acls_the_bucket_owner_owns_what_others_wrote_before() {
        // Given
        bucket.settings().setOwnership(Optional.of(Ownership.OBJECT_WRITER));
        var written = put(bucket, "x");
        var before = bucket.ownerOf(written);
        // When
        bucket.settings().setOwnership(Optional.of(Ownership.BUCKET_OWNER_ENFORCED));
        // Then
        assertThat(before).isEqualTo(WRITER.canonicalId());
        assertThat(bucket.ownerOf(written)).isEqualTo(OWNER.canonicalId());
    }

    @Test
    void a_lifecycle_rule_leaves_a_marker_and_says_that_it_was_one() {
        // Given
        bucket.setVersioning(Versioning.ENABLED);
        put(bucket, "x");
        // When
        bucket.expire("key");
        // Then
        assertThat(bucket.find("key", Optional.empty()).orElseThrow()).isInstanceOf(DeleteMarker.class);
        assertThat(changes.getLast().name()).isEqualTo(EventName.LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED);
        assertThat(changes.getLast().lifecycle()).isTrue();
    }

    @Test
    void a_corrupted_byte_changes_the_bytes_and_nothing_else() throws Exception {
        // Given
        var before = put(bucket, "0123456789");
        // When
        new Tampering(bucket).corruptByte(before, 4);
        // Then
        var after = current();
        assertThat(after.size()).isEqualTo(10);
        assertThat(after.eTag()).isEqualTo(before.eTag());
        assertThat(after.body().bytes()).isNotEqualTo("0123456789".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(after.body().bytes(), StandardCharsets.ISO_8859_1))
                .startsWith("0123")
                .endsWith("56789");
    }

    @Test
    void tampering_swaps_versions_changes_owners_and_drops_tags_without_an_event() {
        // Given
        bucket.setVersioning(Versioning.ENABLED);
        bucket.settings().setOwnership(Optional.of(Ownership.OBJECT_WRITER));
        var first = put(bucket, "first");
        var second = put(bucket, "second");
        var told = changes.size();
        var tampering = new Tampering(bucket);
        // When
        tampering.swap("key", first.versionId(), second.versionId());
        tampering.changeOwner(first, OWNER.canonicalId());
        tampering.dropTag(first, "a");
        // Then
        assertThat(bucket.versions("key"))
                .extracting(Version::versionId)
                .containsExactly(first.versionId(), second.versionId());
        assertThat(bucket.ownerOf(current())).isEqualTo(OWNER.canonicalId());
        assertThat(current().attributes().tags()).containsOnlyKeys("b");
        assertThat(changes).hasSize(told);
    }

    @Test
    void an_aborted_upload_can_not_be_completed() {
        // Given
        var upload = bucket.beginUpload(
                "key", new UploadPlan(PLAIN, Optional.empty(), Optional.empty(), false), actor(WRITER));
        var part = bucket.putPart(
                "key", upload.id(), new NewPart(1, new HeapBody(new byte[1], 1), "00", Optional.empty()));
        bucket.abortUpload("key", upload.id());
        // When
        var refused = catchThrowableOfType(
                Refusal.class,
                () -> bucket.completeUpload(
                        new Completion(
                                "key",
                                upload.id(),
                                List.of(new CompletedPart(1, part.eTag(), Optional.empty())),
                                Optional.empty(),
                                Optional.empty(),
                                WriteCondition.NONE),
                        actor(WRITER)));
        // Then
        assertThat(refused.code()).isEqualTo(ErrorCode.NO_SUCH_UPLOAD);
    }
}

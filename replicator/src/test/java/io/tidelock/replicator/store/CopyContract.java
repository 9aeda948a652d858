package io.tidelock.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Multipart uploads and copies inside one store. */
public abstract class CopyContract extends DataContract {
    @Test
    void parts_become_one_version_with_the_metadata_of_the_start() {
        // Given
        var body = bytes(3, PART_BYTES + 1);
        var upload = store().startUpload(
                        decorated(key("big"), body.length, ContentHeaders.NONE, Map.of("k", "v"), Map.of()));

        // When
        var written = store().completeUpload(upload, List.of(part(upload, 1, body, 0), part(upload, 2, body, 1)));

        // Then
        var head = present(key("big"));
        assertThat(head.version().id()).isEqualTo(written.id());
        assertThat(head.eTag()).isEqualTo(written.eTag()).endsWith("-2");
        assertThat(head.userMetadata()).isEqualTo(Map.of("k", "v"));
        assertThat(read(key("big"), written.id())).isEqualTo(body);
    }

    @Test
    void parts_of_a_version_are_told_one_by_one() {
        // Given
        var body = bytes(3, 2 * PART_BYTES + 9);
        var upload = store().startUpload(plain(key("big"), body.length));
        var parts = List.of(part(upload, 1, body, 0), part(upload, 2, body, 1), part(upload, 3, body, 2));

        // When
        var version = new ObjectVersion(
                key("big"), store().completeUpload(upload, parts).id());
        put(key("big"), bytes(1, 10));

        // Then
        assertThat(store().partOf(version, 1)).contains(new Multipart.Told(PART_BYTES, 3));
        assertThat(store().partOf(version, 3)).contains(new Multipart.Told(9, 3));
    }

    @Test
    void of_a_version_that_came_in_one_piece_no_parts_are_told() {
        // Given
        var version = new ObjectVersion(key("a"), put(key("a"), bytes(1, 10)).id());

        // When / Then
        assertThat(store().partOf(version, 1)).isEmpty();
    }

    @Test
    void an_etag_of_parts_is_made_of_their_md5s() {
        // Given
        var body = bytes(3, PART_BYTES + 9);
        var upload = store().startUpload(plain(key("big"), body.length));
        var parts = List.of(part(upload, 1, body, 0), part(upload, 2, body, 1));

        // When
        store().completeUpload(upload, parts);

        // Then
        var first = Arrays.copyOf(body, PART_BYTES);
        var second = Arrays.copyOfRange(body, PART_BYTES, body.length);
        assertThat(present(key("big")).eTag()).isEqualTo(Digests.eTagOfParts(List.of(first, second)));
        assertThat(parts).extracting(Multipart.Part::eTag).containsExactly(Digests.eTag(first), Digests.eTag(second));
    }

    @Test
    void tags_of_the_start_of_an_upload_are_kept() {
        // Given
        var body = bytes(3, 10);
        var upload = store().startUpload(
                        decorated(key("big"), body.length, ContentHeaders.NONE, Map.of(), Map.of("a", "b")));

        // When
        var written = store().completeUpload(upload, List.of(part(upload, 1, body, 0)));

        // Then
        assertThat(store().tags(new ObjectVersion(key("big"), written.id()))).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void a_checksum_of_the_whole_is_verified_when_an_upload_completes() {
        // Given
        var body = bytes(3, PART_BYTES + 1);
        var right = store().startUpload(checkedAgainst(body, body.length));
        var wrong = store().startUpload(checkedAgainst(bytes(4, 10), body.length));
        var rightParts = List.of(part(right, 1, body, 0), part(right, 2, body, 1));
        var wrongParts = List.of(part(wrong, 1, body, 0), part(wrong, 2, body, 1));

        // When
        store().completeUpload(right, rightParts);

        // Then
        assertThat(present(key("big")).checksum()).isEqualTo(Digests.checksum("CRC32", body));
        assertFails(StoreFailure.CHECKSUM_MISMATCH, () -> store().completeUpload(wrong, wrongParts));
        assertThat(store().stack(key("big")).layers()).hasSize(1);
    }

    private ReplicaWrite checkedAgainst(byte[] expected, long sizeBytes) {
        return new ReplicaWrite(
                key("big"),
                sizeBytes,
                ContentHeaders.NONE,
                Map.of(),
                Map.of(),
                null,
                new Encryption.None(),
                AclWrite.DEFAULT,
                Digests.checksum("CRC32", expected),
                ObjectLock.NONE,
                new Precondition.Anything());
    }

    @Test
    void an_upload_keeps_its_condition_until_it_completes() {
        // Given
        var body = bytes(3, 10);
        var upload = store().startUpload(write(key("big"), body.length, new Precondition.Nothing()));
        var parts = List.of(part(upload, 1, body, 0));
        put(key("big"), bytes(1, 10));

        // When / Then
        assertFails(StoreFailure.PRECONDITION, () -> store().completeUpload(upload, parts));
        assertThat(store().stack(key("big")).layers()).hasSize(1);
    }

    @Test
    void an_aborted_upload_is_gone() {
        // Given
        var body = bytes(3, 10);
        var upload = store().startUpload(plain(key("big"), body.length));
        var parts = List.of(part(upload, 1, body, 0));

        // When
        store().abortUpload(upload.write().destination(), upload.uploadId());

        // Then
        assertFails(StoreFailure.NOT_FOUND, () -> store().completeUpload(upload, parts));
        assertThat(store().stack(key("big")).layers()).isEmpty();
    }

    @Test
    void an_upload_and_its_parts_are_listed_until_it_ends() {
        // Given
        var body = bytes(3, PART_BYTES + 9);
        var upload = store().startUpload(plain(key("big"), body.length));
        var second = part(upload, 2, body, 1);
        var first = part(upload, 1, body, 0);

        // When
        var parts = store().parts(upload);
        var uploads = new ArrayList<Multipart.Open>();
        store().uploads(key("big").bucket(), uploads::add);

        // Then
        assertThat(parts).extracting(Multipart.Kept::sizeBytes).containsExactly((long) PART_BYTES, 9L);
        assertThat(parts).extracting(kept -> kept.part().eTag()).containsExactly(first.eTag(), second.eTag());
        assertThat(uploads).extracting(Multipart.Open::uploadId).containsExactly(upload.uploadId());
        assertThat(uploads).extracting(Multipart.Open::object).containsExactly(key("big"));
        var written = store().completeUpload(
                        upload, parts.stream().map(Multipart.Kept::part).toList());
        assertThat(read(key("big"), written.id())).isEqualTo(body);
    }

    @Test
    void an_upload_that_has_ended_is_not_found() {
        // Given
        var upload = store().startUpload(plain(key("big"), 10));
        store().completeUpload(upload, List.of(part(upload, 1, bytes(3, 10), 0)));

        // When / Then
        assertFails(StoreFailure.NOT_FOUND, () -> store().parts(upload));
        assertFails(StoreFailure.NOT_FOUND, () -> store().abortUpload(key("big"), upload.uploadId()));
    }

    @Test
    void a_copy_has_the_bytes_of_its_source_and_the_metadata_it_was_given() {
        // Given
        var source = put(decorated(key("a"), 100, ContentHeaders.NONE, Map.of("old", "1"), Map.of()), bytes(1, 100));
        put(key("a"), bytes(2, 100));

        // When
        var copied = copy(
                new ObjectVersion(key("a"), source.id()),
                decorated(key("b c+d"), 100, ContentHeaders.NONE, Map.of("new", "2"), Map.of()));

        // Then
        assertThat(read(key("b c+d"), copied.id())).isEqualTo(bytes(1, 100));
        assertThat(present(key("b c+d")).userMetadata()).isEqualTo(Map.of("new", "2"));
        assertThat(present(key("b c+d")).eTag()).isEqualTo(copied.eTag());
    }

    @Test
    void a_copy_has_the_tags_it_was_given() {
        // Given
        var source = put(decorated(key("a"), 9, ContentHeaders.NONE, Map.of(), Map.of("old", "1")), bytes(1, 9));

        // When
        var copied = copy(
                new ObjectVersion(key("a"), source.id()),
                decorated(key("b"), 9, ContentHeaders.NONE, Map.of(), Map.of("new", "2")));

        // Then
        assertThat(store().tags(new ObjectVersion(key("b"), copied.id()))).isEqualTo(Map.of("new", "2"));
    }

    @Test
    void a_copy_is_encrypted_as_it_is_asked() {
        // Given
        var kms = new Encryption.SseKms(fixture().kmsKeys().enabled(), false, false);
        var source = new ObjectVersion(key("a"), put(key("a"), bytes(1, 10)).id());

        // When
        var locked = copy(source, encrypted(key("b"), 10, kms));
        var opened = copy(new ObjectVersion(key("b"), locked.id()), plain(key("c"), 10));

        // Then
        assertThat(present(key("b")).encryption()).isEqualTo(kms);
        assertThat(read(key("b"), locked.id())).isEqualTo(bytes(1, 10));
        assertThat(present(key("c")).encryption()).isNotInstanceOf(Encryption.SseKms.class);
        assertThat(read(key("c"), opened.id())).isEqualTo(bytes(1, 10));
    }

    @Test
    void a_copy_of_a_version_that_is_gone_is_not_found() {
        // Given
        put(key("a"), bytes(1, 10));
        var gone = new ObjectVersion(key("a"), put(key("a"), bytes(2, 10)).id());
        fixture().remove(gone);

        // When / Then
        assertFails(StoreFailure.NOT_FOUND, () -> copy(gone, plain(key("b"), 10)));
    }

    @Test
    void a_copy_that_wants_an_etag_is_refused_where_its_source_has_another() {
        // Given
        var written = put(key("a"), bytes(1, 10));
        var source = new ObjectVersion(key("a"), written.id());
        var upload = store().startUpload(plain(key("big"), 10));

        // When
        copy(source, written.eTag(), plain(key("b"), 10));

        // Then
        assertFails(StoreFailure.PRECONDITION, () -> copy(source, "another", plain(key("b"), 10)));
        assertFails(StoreFailure.PRECONDITION, () -> copyPart(upload, 1, source, "another", new ByteRange(0, 10)));
        assertThat(store().stack(key("b")).layers()).hasSize(1);
    }

    @Test
    void parts_can_be_copied() {
        // Given
        var body = bytes(5, PART_BYTES + 7);
        var source = new ObjectVersion(key("a"), put(key("a"), body).id());
        var upload = store().startUpload(plain(key("big"), body.length));

        // When
        var written = store().completeUpload(
                        upload,
                        List.of(
                                copyPart(upload, 1, source, null, new ByteRange(0, PART_BYTES)),
                                copyPart(upload, 2, source, null, new ByteRange(PART_BYTES, 7))));

        // Then
        assertThat(read(key("big"), written.id())).isEqualTo(body);
    }

    private Multipart.Part part(Multipart.Upload upload, int number, byte[] body, int index) {
        var from = Math.min(index * PART_BYTES, body.length);
        var part = Arrays.copyOfRange(body, from, Math.min(from + PART_BYTES, body.length));
        return store().uploadPart(upload, number, new ByteArrayInputStream(part), part.length);
    }
}

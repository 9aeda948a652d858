package io.tidelock.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.domain.Checksum;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes and what hangs on them: metadata, tags, checksums, encryption, owners, buckets. */
public abstract class DataContract extends KeyContract {
    @Test
    void a_version_keeps_its_headers_and_user_metadata() {
        // Given
        var content = new ContentHeaders(
                "text/plain",
                "gzip",
                "attachment; filename=\"a.txt\"",
                "de",
                "max-age=60",
                "Thu, 01 Dec 2033 16:00:00 GMT",
                null);
        var metadata = Map.of("project", "tide", "tidelock-origin", "v1/a b+c=;\"x\"");

        // When
        var written = put(decorated(key("a"), 10, content, metadata, Map.of()), bytes(1, 10));

        // Then
        var head = present(new ObjectVersion(key("a"), written.id()));
        assertThat(head.content()).isEqualTo(content);
        assertThat(head.userMetadata()).isEqualTo(metadata);
        assertThat(head.sizeBytes()).isEqualTo(10);
        assertThat(head.eTag()).isEqualTo(written.eTag()).isEqualTo(Digests.eTag(bytes(1, 10)));
        assertThat(head.storageClass()).isEqualTo("STANDARD");
        assertThat(head.lock()).isEqualTo(ObjectLock.NONE);
    }

    @Test
    void an_open_version_tells_the_same_head_as_a_head() throws IOException {
        // Given
        var written = put(decorated(key("a"), 10, ContentHeaders.NONE, Map.of("k", "v"), Map.of()), bytes(1, 10));
        var version = new ObjectVersion(key("a"), written.id());

        // When
        try (var open = store().open(version, null, null);
                var ranged = store().open(version, new ByteRange(3, 4), null)) {
            // Then
            assertThat(open.head().userMetadata()).isEqualTo(Map.of("k", "v"));
            assertThat(open.head().version()).isEqualTo(version);
            assertThat(open.head().eTag()).isEqualTo(present(version).eTag());
            assertThat(open.lengthBytes()).isEqualTo(10);
            assertThat(ranged.head().sizeBytes()).isEqualTo(10);
            assertThat(ranged.lengthBytes()).isEqualTo(4);
            assertThat(ranged.body().readAllBytes()).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_096, 65_537, 3 * 1024 * 1024})
    void bytes_come_back_as_they_were_written(int length) {
        // Given
        var written = put(key("a"), bytes(7, length));

        // When / Then
        assertThat(read(key("a"), written.id())).isEqualTo(bytes(7, length));
        assertThat(present(key("a")).sizeBytes()).isEqualTo(length);
    }

    @Test
    void a_range_is_exactly_the_bytes_asked_for() {
        // Given
        var written = put(key("a"), new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
        var version = new ObjectVersion(key("a"), written.id());

        // When / Then
        assertThat(read(version, new ByteRange(0, 1))).containsExactly(0);
        assertThat(read(version, new ByteRange(2, 3))).containsExactly(2, 3, 4);
        assertThat(read(version, new ByteRange(7, 1))).containsExactly(7);
    }

    @Test
    void reading_on_the_condition_of_another_etag_is_refused() {
        // Given
        var written = put(key("a"), bytes(1, 10));
        var version = new ObjectVersion(key("a"), written.id());

        // When / Then
        assertFails(StoreFailure.PRECONDITION, () -> store().open(version, null, "0123456789abcdef0123456789abcdef"));
        assertThat(store().open(version, null, written.eTag()).lengthBytes()).isEqualTo(10);
    }

    @Test
    void tags_are_written_with_the_version_and_can_be_replaced() {
        // Given
        var tags = Map.of("class", "secret + more", "a+b", "c=d/e");
        var written = put(decorated(key("a"), 10, ContentHeaders.NONE, Map.of(), tags), bytes(1, 10));
        var version = new ObjectVersion(key("a"), written.id());
        var kept = store().tags(version);
        var count = present(version).tagCount();

        // When
        store().putTags(version, Map.of("only", "this"));

        // Then
        assertThat(kept).isEqualTo(tags);
        assertThat(count).isEqualTo(2);
        assertThat(store().tags(version)).isEqualTo(Map.of("only", "this"));
        assertThat(store().stack(key("a")).layers()).hasSize(1);
    }

    @Test
    void removing_all_tags_leaves_none() {
        // Given
        var written = put(decorated(key("a"), 10, ContentHeaders.NONE, Map.of(), Map.of("a", "b")), bytes(1, 10));
        var version = new ObjectVersion(key("a"), written.id());

        // When
        store().putTags(version, Map.of());

        // Then
        assertThat(store().tags(version)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CRC32", "CRC32C", "SHA1", "SHA256"})
    void a_checksum_given_with_the_body_is_kept(String algorithm) {
        // Given
        var body = bytes(1, 100);

        // When
        var written = put(checked(body.length, Digests.checksum(algorithm, body)), body);

        // Then
        assertThat(present(new ObjectVersion(key("a"), written.id())).checksum())
                .isEqualTo(Digests.checksum(algorithm, body));
    }

    @Test
    void a_body_that_does_not_match_its_checksum_is_refused() {
        // Given
        var write = checked(100, Digests.checksum("CRC32", bytes(2, 100)));

        // When / Then
        assertFails(StoreFailure.CHECKSUM_MISMATCH, () -> put(write, bytes(1, 100)));
        assertThat(store().stack(key("a")).layers()).isEmpty();
    }

    private ReplicaWrite checked(long sizeBytes, Checksum checksum) {
        return new ReplicaWrite(
                key("a"),
                sizeBytes,
                ContentHeaders.NONE,
                Map.of(),
                Map.of(),
                null,
                new Encryption.None(),
                AclWrite.DEFAULT,
                checksum,
                ObjectLock.NONE,
                new Precondition.Anything());
    }

    @Test
    void a_body_that_fails_midway_writes_nothing_and_its_own_failure_is_told() {
        // Given
        var lost = new StoreException(StoreFailure.UNAVAILABLE, "GetObject", "connection reset", null);
        var body = new InputStream() {
            private int left = 50_000;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    throw new IOException("reading failed", lost);
                }
                left--;
                return 1;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                into[offset] = (byte) read();
                return 1;
            }
        };

        // When / Then
        assertThatThrownBy(() -> store().put(plain(key("a"), 100_000), body)).isSameAs(lost);
        assertThat(store().stack(key("a")).layers()).isEmpty();
    }

    @Test
    void a_body_that_ends_early_writes_nothing() {
        // Given
        var body = new ByteArrayInputStream(bytes(1, 50));

        // When / Then
        assertFails(StoreFailure.UNAVAILABLE, () -> store().put(plain(key("a"), 100), body));
        assertThat(store().stack(key("a")).layers()).isEmpty();
    }

    @Test
    void sse_s3_is_reported() {
        // When
        var written = put(encrypted(key("a"), 10, new Encryption.SseS3()), bytes(1, 10));

        // Then
        assertThat(written.encryption()).isEqualTo(new Encryption.SseS3());
        assertThat(present(key("a")).encryption()).isEqualTo(new Encryption.SseS3());
    }

    @Test
    void a_kms_key_is_used_and_reported() {
        // Given
        var kms = new Encryption.SseKms(fixture().kmsKeys().enabled(), false, false);

        // When
        var written = put(encrypted(key("a"), 10, kms), bytes(1, 10));

        // Then
        assertThat(written.encryption()).isEqualTo(kms);
        assertThat(present(key("a")).encryption()).isEqualTo(kms);
    }

    @Test
    void a_kms_key_that_does_not_exist_or_is_disabled_is_refused_by_name() {
        // Given
        var unknown = new Encryption.SseKms(fixture().kmsKeys().unknown(), false, false);
        var disabled = new Encryption.SseKms(fixture().kmsKeys().disabled(), false, false);

        // When / Then
        assertFails(StoreFailure.KMS_KEY_NOT_FOUND, () -> put(encrypted(key("a"), 10, unknown), bytes(1, 10)));
        assertFails(StoreFailure.KMS_KEY_INVALID_STATE, () -> put(encrypted(key("a"), 10, disabled), bytes(1, 10)));
    }

    @Test
    void the_writer_owns_what_it_writes_into_its_own_bucket() {
        // Given
        var written = put(key("a"), bytes(1, 10));

        // When / Then
        assertThat(store().owner(new ObjectVersion(key("a"), written.id())))
                .isEqualTo(fixture().ownerId());
    }

    @Test
    void a_version_or_bucket_that_is_not_there_is_said_so() {
        // Given
        put(key("a"), bytes(1, 10));
        var removed = put(key("a"), bytes(2, 10));
        var gone = new ObjectVersion(key("a"), removed.id());
        fixture().remove(gone);
        var nowhere = new ObjectKey(fixture().noBucket(), "a");

        // When / Then
        assertFails(StoreFailure.NOT_FOUND, () -> store().open(gone, null, null));
        assertFails(StoreFailure.BUCKET_NOT_FOUND, () -> put(nowhere, bytes(1, 10)));
        assertThat(headOf(nowhere)).isIn(new HeadAnswer.Missing(), StoreFailure.BUCKET_NOT_FOUND);
        assertFails(StoreFailure.BUCKET_NOT_FOUND, () -> store().stack(nowhere));
        assertFails(
                StoreFailure.BUCKET_NOT_FOUND,
                () -> store().open(new ObjectVersion(nowhere, VersionId.NULL), null, null));
    }

    /** A HEAD has no body to say that there is no bucket; who has to list as well can tell. */
    private Object headOf(ObjectKey object) {
        try {
            return store().head(object);
        } catch (StoreException e) {
            return e.failure();
        }
    }

    @Test
    void tags_of_a_version_that_is_gone_are_not_found() {
        // Given
        put(key("a"), bytes(1, 10));
        var gone = new ObjectVersion(key("a"), put(key("a"), bytes(2, 10)).id());
        fixture().remove(gone);

        // When / Then
        assertFails(StoreFailure.NOT_FOUND, () -> store().tags(gone));
        assertFails(StoreFailure.NOT_FOUND, () -> store().putTags(gone, Map.of("a", "b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENABLED", "SUSPENDED", "OFF"})
    void an_inspection_tells_how_versions_are_kept(Versioning versioning) {
        // Given
        var inspected = fixture().newBucket(versioning);

        // When / Then
        assertThat(store().inspect(inspected).versioning()).isEqualTo(versioning);
    }

    @Test
    void an_inspection_of_no_bucket_is_refused() {
        // When / Then
        assertFails(
                StoreFailure.BUCKET_NOT_FOUND, () -> store().inspect(fixture().noBucket()));
    }

    @Test
    void a_bucket_without_a_replication_configuration_has_none() {
        // When / Then
        assertThat(store().replicationConfiguration(bucket)).isEmpty();
    }

    @Test
    void a_replication_configuration_is_read_as_xml() {
        // Given
        fixture()
                .setReplicationConfiguration(
                        bucket,
                        "<ReplicationConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                                + "<Role>arn:aws:iam::111122223333:role/r</Role><Rule><ID>all</ID><Priority>1</Priority>"
                                + "<Status>Enabled</Status><Filter></Filter>"
                                + "<DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication>"
                                + "<Destination><Bucket>arn:aws:s3:::replicas</Bucket></Destination>"
                                + "</Rule></ReplicationConfiguration>");

        // When
        var xml = store().replicationConfiguration(bucket);

        // Then
        assertThat(xml)
                .hasValueSatisfying(document -> assertThat(document)
                        .contains(
                                "<ID>all</ID>", "<Bucket>arn:aws:s3:::replicas</Bucket>", "ReplicationConfiguration"));
    }
}

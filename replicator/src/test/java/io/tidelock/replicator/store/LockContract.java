package io.tidelock.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What keeps versions from being removed or read: object lock, customer keys, archives. The leaf of the contract: a server's test extends this
 * class.
 *
 * <p>Source: S3's user guide, "Locking objects with Object Lock", "Using server-side encryption with customer-provided keys", "Working with
 * archived objects".
 */
public abstract class LockContract extends AccessContract {
    private static final Instant SOON = Instant.parse("2101-02-03T04:05:06Z");

    private ObjectKey lockable() {
        return new ObjectKey(fixture().newLockableBucket(), "a");
    }

    private static ReplicaWrite locked(ObjectKey destination, long sizeBytes, ObjectLock lock) {
        return special(destination, sizeBytes, null, new Encryption.None(), lock);
    }

    private static ReplicaWrite special(
            ObjectKey destination,
            long sizeBytes,
            @Nullable String storageClass,
            Encryption encryption,
            ObjectLock lock) {
        return new ReplicaWrite(
                destination,
                sizeBytes,
                ContentHeaders.NONE,
                Map.of(),
                Map.of(),
                storageClass,
                encryption,
                AclWrite.DEFAULT,
                Digests.checksum("CRC32", bytes(1, (int) sizeBytes)),
                lock,
                new Precondition.Anything());
    }

    private ObjectVersion put(ObjectKey object, ObjectLock lock) {
        return new ObjectVersion(
                object, put(locked(object, 10, lock), bytes(1, 10)).id());
    }

    @Test
    void rule_36_uploads_and_copies_are_locked_as_they_are_asked() {
        // Given
        var object = lockable();
        var wanted = new ObjectLock("COMPLIANCE", SOON, false);
        var source = put(object, ObjectLock.NONE);

        // When
        var upload = store().startUpload(locked(object, 10, wanted));
        var part = store().uploadPart(upload, 1, new ByteArrayInputStream(bytes(1, 10)), 10);
        var uploaded = store().completeUpload(upload, List.of(part));
        var copied = copy(source, locked(object, 10, wanted));

        // Then
        assertThat(present(new ObjectVersion(object, uploaded.id())).lock()).isEqualTo(wanted);
        assertThat(present(new ObjectVersion(object, copied.id())).lock()).isEqualTo(wanted);
    }

    @Test
    void rule_36_a_copy_does_not_take_the_lock_of_its_source_along() {
        // Given
        var object = lockable();
        var source = put(object, new ObjectLock("GOVERNANCE", SOON, true));

        // When
        var copied = copy(source, locked(object, 10, ObjectLock.NONE));

        // Then
        assertThat(present(new ObjectVersion(object, copied.id())).lock()).isEqualTo(ObjectLock.NONE);
    }

    @ParameterizedTest
    @CsvSource({"GOVERNANCE, GOVERNANCE, -1", "COMPLIANCE, COMPLIANCE, -1", "COMPLIANCE, GOVERNANCE, 1"})
    void rule_36_a_retention_is_neither_shortened_nor_made_softer(String before, String after, long days) {
        // Given
        var lock = new ObjectLock(before, SOON, false);
        var version = put(lockable(), lock);
        var until = SOON.plusSeconds(days * 86_400);

        // When / Then
        assertFails(StoreFailure.DENIED, () -> store().putRetention(version, after, until));
        assertThat(present(version).lock()).isEqualTo(lock);
    }

    @Test
    void rule_36_a_marker_hides_a_locked_version() {
        // Given
        var version = put(lockable(), new ObjectLock("COMPLIANCE", SOON, true));

        // When
        store().putDeleteMarker(version.object());

        // Then
        assertThat(store().head(version.object())).isInstanceOf(HeadAnswer.DeleteMarker.class);
        assertThat(read(version.object(), version.id())).isEqualTo(bytes(1, 10));
    }

    @Test
    void rule_36_a_bucket_without_lock_takes_none_afterwards() {
        // Given
        var version = put(key("a"), ObjectLock.NONE);

        // When / Then
        assertFails(StoreFailure.INVALID_REQUEST, () -> put(key("a"), new ObjectLock(null, null, true)));
        assertFails(StoreFailure.INVALID_REQUEST, () -> store().putRetention(version, "GOVERNANCE", SOON));
        assertFails(StoreFailure.INVALID_REQUEST, () -> store().putLegalHold(version));
        assertThat(store().stack(key("a")).layers()).hasSize(1);
    }

    @Test
    void rule_36_a_retention_in_GOVERNANCE_becomes_one_in_COMPLIANCE() {
        // Given
        var version = put(lockable(), new ObjectLock("GOVERNANCE", SOON, false));

        // When
        store().hardenRetention(version, SOON);

        // Then
        assertThat(present(version).lock()).isEqualTo(new ObjectLock("COMPLIANCE", SOON, false));
    }

    @Test
    void rule_36_a_retention_that_has_ended_already_is_refused() {
        // Given
        var object = lockable();
        var past = Instant.parse("2001-02-03T04:05:06Z");

        // When / Then
        assertFails(StoreFailure.INVALID_REQUEST, () -> put(object, new ObjectLock("GOVERNANCE", past, false)));
        assertThat(store().stack(object).layers()).isEmpty();
    }

    @Test
    void rule_25_two_layers_of_kms_are_told_apart_from_one() {
        // Given
        var kms = new Encryption.SseKms(fixture().kmsKeys().enabled(), true, false);

        // When
        var written = put(special(key("a"), 10, null, kms, ObjectLock.NONE), bytes(1, 10));

        // Then
        assertThat(written.encryption()).isEqualTo(kms);
        assertThat(present(key("a")).encryption()).isEqualTo(kms);
    }

    @Test
    void rule_29_what_a_customers_key_locks_is_not_read_without_it() {
        // Given
        var version = new ObjectVersion(key("a"), fixture().putWithCustomerKey(key("a"), bytes(1, 10)));

        // When / Then
        assertFails(StoreFailure.CUSTOMER_KEY_NEEDED, () -> store().head(version));
        assertFails(StoreFailure.CUSTOMER_KEY_NEEDED, () -> store().head(key("a")));
        assertFails(StoreFailure.CUSTOMER_KEY_NEEDED, () -> read(version, null));
        assertFails(StoreFailure.CUSTOMER_KEY_NEEDED, () -> copy(version, plain(key("b"), 10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GLACIER", "DEEP_ARCHIVE"})
    void rule_24_an_archived_version_is_told_and_not_read(String storageClass) {
        // Given
        var written = put(special(key("a"), 10, storageClass, new Encryption.None(), ObjectLock.NONE), bytes(1, 10));

        // When / Then
        assertThat(present(key("a")).storageClass()).isEqualTo(storageClass);
        assertFails(StoreFailure.ARCHIVED, () -> read(key("a"), written.id()));
    }
}

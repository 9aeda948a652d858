package io.tidelock.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.Grant.Grantee;
import io.tidelock.replicator.store.Grant.Permission;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** ACLs and locks of versions. */
public abstract class AccessContract extends CopyContract {
    private static final Grant PUBLIC_READS = new Grant(Grantee.Group.ALL_USERS, Permission.READ);

    private final Instant soon = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
    private final Instant later = soon.plus(Duration.ofDays(1));

    private Grant owner(Permission permission) {
        return new Grant(new Grantee.Account(fixture().ownerId()), permission);
    }

    private void withAcls() {
        fixture().setOwnership(bucket, "ObjectWriter");
    }

    private ReplicaWrite write(String name, AclWrite acl, ObjectLock lock) {
        return new ReplicaWrite(
                key(name),
                3,
                ContentHeaders.NONE,
                Map.of(),
                Map.of(),
                null,
                new Encryption.None(),
                acl,
                null,
                lock,
                new Precondition.Anything());
    }

    private ObjectVersion written(AclWrite acl, ObjectLock lock) {
        return new ObjectVersion(
                key("a"), put(write("a", acl, lock), new byte[3]).id());
    }

    @Test
    void rule_30_a_version_is_its_writers_alone_where_nothing_is_asked_for() {
        // Given
        withAcls();

        // When
        var acl = store().acl(written(AclWrite.DEFAULT, ObjectLock.NONE));

        // Then
        assertThat(acl.owner()).isEqualTo(fixture().ownerId());
        assertThat(acl.grants()).containsExactly(owner(Permission.FULL_CONTROL));
    }

    @Test
    void rule_30_grants_are_written_with_the_version() {
        // Given
        withAcls();
        var grants = Set.of(
                owner(Permission.FULL_CONTROL),
                new Grant(Grantee.Group.AUTHENTICATED_USERS, Permission.READ),
                new Grant(Grantee.Group.ALL_USERS, Permission.READ_ACP));

        // When / Then
        assertThat(store().acl(written(AclWrite.of(grants), ObjectLock.NONE)).grants())
                .isEqualTo(grants);
    }

    @Test
    void rule_30_a_canned_acl_is_written_with_the_version() {
        // Given
        withAcls();

        // When / Then
        assertThat(store().acl(written(AclWrite.canned("public-read"), ObjectLock.NONE))
                        .grants())
                .containsExactlyInAnyOrder(owner(Permission.FULL_CONTROL), PUBLIC_READS);
    }

    @Test
    void rule_34_an_acl_is_replaced() {
        // Given
        withAcls();
        var version = written(AclWrite.canned("public-read"), ObjectLock.NONE);
        var grants = Set.of(owner(Permission.READ), owner(Permission.WRITE_ACP));

        // When
        store().putAcl(version, AclWrite.of(grants));
        var explicit = store().acl(version).grants();
        store().putAcl(version, AclWrite.canned("private"));

        // Then
        assertThat(explicit).isEqualTo(grants);
        assertThat(store().acl(version).grants()).containsExactly(owner(Permission.FULL_CONTROL));
    }

    @Test
    void rule_31_an_acl_is_refused_where_the_bucket_has_none() {
        // Given
        fixture().setOwnership(bucket, "BucketOwnerEnforced");

        // When / Then
        assertFails(
                StoreFailure.INVALID_REQUEST,
                () -> written(AclWrite.of(Set.of(owner(Permission.READ))), ObjectLock.NONE));
        assertThat(store().inspect(bucket).ownership()).isEqualTo("BucketOwnerEnforced");
    }

    @Test
    void rule_34_an_acl_is_one_versions_own() {
        // Given
        withAcls();
        var first = written(AclWrite.DEFAULT, ObjectLock.NONE);
        var second = written(AclWrite.DEFAULT, ObjectLock.NONE);
        var guests = Set.of(new Grant(new Grantee.Account(fixture().guestId()), Permission.READ_ACP));

        // When
        store().putAcl(first, AclWrite.of(guests));

        // Then
        assertThat(store().acl(first)).isEqualTo(new ObjectAcl(fixture().ownerId(), guests));
        assertThat(store().acl(second).grants()).containsExactly(owner(Permission.FULL_CONTROL));
    }

    @Test
    void rule_30_uploads_and_copies_are_granted_as_they_are_asked() {
        // Given
        withAcls();
        var grants = Set.of(owner(Permission.FULL_CONTROL), PUBLIC_READS);
        var source = written(AclWrite.DEFAULT, ObjectLock.NONE);

        // When
        var upload = store().startUpload(write("b", AclWrite.of(grants), ObjectLock.NONE));
        var part = store().uploadPart(upload, 1, new ByteArrayInputStream(new byte[3]), 3);
        var uploaded = store().completeUpload(upload, List.of(part));
        var copied = copy(source, write("c", AclWrite.of(grants), ObjectLock.NONE));

        // Then
        assertThat(store().acl(new ObjectVersion(key("b"), uploaded.id())).grants())
                .isEqualTo(grants);
        assertThat(store().acl(new ObjectVersion(key("c"), copied.id())).grants())
                .isEqualTo(grants);
    }

    @Test
    void rule_31_an_acl_that_gives_the_bucket_owner_everything_is_taken_without_acls() {
        // Given
        fixture().setOwnership(bucket, "BucketOwnerEnforced");

        // When
        var version = written(AclWrite.canned("bucket-owner-full-control"), ObjectLock.NONE);

        // Then
        assertFails(
                StoreFailure.INVALID_REQUEST,
                () -> store().putAcl(version, AclWrite.of(Set.of(owner(Permission.READ)))));
        assertThat(store().acl(version).grants()).containsExactly(owner(Permission.FULL_CONTROL));
    }

    @Test
    void the_acl_of_a_version_that_is_gone_is_not_found() {
        // Given
        withAcls();
        put(key("a"), new byte[3]);
        var gone = written(AclWrite.DEFAULT, ObjectLock.NONE);
        fixture().remove(gone);

        // When / Then
        assertFails(StoreFailure.NOT_FOUND, () -> store().acl(gone));
        assertFails(StoreFailure.NOT_FOUND, () -> store().putAcl(gone, AclWrite.canned("private")));
    }

    @Test
    void rule_36_a_lock_is_written_with_the_version() {
        // Given
        bucket = fixture().newLockableBucket();
        var lock = new ObjectLock("GOVERNANCE", soon, true);

        // When
        var version = written(AclWrite.DEFAULT, lock);

        // Then
        assertThat(present(version).lock()).isEqualTo(lock);
        assertThat(store().inspect(bucket).objectLock()).isTrue();
    }

    @Test
    void rule_36_a_lock_can_grow_and_be_held() {
        // Given
        bucket = fixture().newLockableBucket();
        var version = written(AclWrite.DEFAULT, new ObjectLock("GOVERNANCE", soon, false));

        // When
        store().putRetention(version, "GOVERNANCE", later);
        store().putLegalHold(version);

        // Then
        assertThat(present(version).lock()).isEqualTo(new ObjectLock("GOVERNANCE", later, true));
    }

    @Test
    void rule_36_a_lock_cannot_shrink() {
        // Given
        bucket = fixture().newLockableBucket();
        var version = written(AclWrite.DEFAULT, new ObjectLock("COMPLIANCE", later, false));

        // When / Then
        assertFails(StoreFailure.DENIED, () -> store().putRetention(version, "COMPLIANCE", soon));
        assertThat(present(version).lock()).isEqualTo(new ObjectLock("COMPLIANCE", later, false));
    }

    @Test
    void rule_36_a_bucket_without_lock_refuses_locks() {
        assertFails(
                StoreFailure.INVALID_REQUEST,
                () -> written(AclWrite.DEFAULT, new ObjectLock("GOVERNANCE", soon, false)));
    }
}

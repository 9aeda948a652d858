package io.tidelock.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.Grant.Grantee;
import io.tidelock.replicator.store.Grant.Permission;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** ACLs and locks of versions. The leaf of the contract: a server's test extends this class. */
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

package io.tidelock.replicator.store;

import io.tidelock.domain.ObjectLock;
import io.tidelock.replicator.store.Grant.Grantee;
import io.tidelock.replicator.store.Grant.Permission;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Owners, ACLs and locks of versions in the in-memory store, as S3's user guide tells of them. */
final class InMemoryAccess {
    private static final Map<String, Set<Grant>> CANNED = Map.of(
            "private", Set.of(),
            "bucket-owner-full-control", Set.of(),
            "public-read", Set.of(new Grant(Grantee.Group.ALL_USERS, Permission.READ)),
            "public-read-write",
                    Set.of(
                            new Grant(Grantee.Group.ALL_USERS, Permission.READ),
                            new Grant(Grantee.Group.ALL_USERS, Permission.WRITE)),
            "authenticated-read", Set.of(new Grant(Grantee.Group.AUTHENTICATED_USERS, Permission.READ)));

    private InMemoryAccess() {}

    /** The ACL of what an account writes into a bucket. */
    static ObjectAcl written(StoreCall call, InMemoryBucket bucket, String account, AclWrite asked) {
        var bucketOwner = bucket.owner == null ? account : bucket.owner;
        if (bucket.ownership.equals("BucketOwnerEnforced")) {
            if (!asked.grants().isEmpty()
                    || (asked.canned() != null && !asked.canned().equals("bucket-owner-full-control"))) {
                throw InMemoryObjectStore.failure(
                        StoreFailure.INVALID_REQUEST, call, "AccessControlListNotSupported: the bucket has no ACLs");
            }
            return acl(bucketOwner, Set.of());
        }
        var given =
                bucket.ownership.equals("BucketOwnerPreferred") && "bucket-owner-full-control".equals(asked.canned());
        return asked(given ? bucketOwner : account, asked);
    }

    /** The ACL that an owner's version gets. */
    static ObjectAcl asked(String owner, AclWrite asked) {
        if (!asked.grants().isEmpty()) {
            return new ObjectAcl(owner, asked.grants());
        }
        return acl(owner, CANNED.getOrDefault(asked.canned() == null ? "private" : asked.canned(), Set.of()));
    }

    private static ObjectAcl acl(String owner, Set<Grant> others) {
        var grants = new HashSet<>(others);
        grants.add(new Grant(new Grantee.Account(owner), Permission.FULL_CONTROL));
        return new ObjectAcl(owner, grants);
    }

    /** Refuses a lock that the bucket cannot keep, or that has ended already. */
    static void requireLockable(StoreCall call, InMemoryBucket bucket, ObjectLock lock, Instant now) {
        if (!lock.isNone() && !bucket.objectLock) {
            throw InMemoryObjectStore.failure(
                    StoreFailure.INVALID_REQUEST, call, "Bucket is missing Object Lock Configuration");
        }
        if (lock.retainUntil() != null && !lock.retainUntil().isAfter(now)) {
            throw InMemoryObjectStore.failure(
                    StoreFailure.INVALID_REQUEST, call, "The retain until date must be in the future!");
        }
    }

    /** A retention that is shorter or softer than what there is needs a permission that replication does not have. */
    static ObjectLock retained(ObjectLock before, String mode, Instant until, Instant now) {
        var live = before.retainUntil() != null && before.retainUntil().isAfter(now);
        if (live
                && (until.isBefore(before.retainUntil())
                        || ("COMPLIANCE".equals(before.mode()) && !mode.equals("COMPLIANCE")))) {
            throw InMemoryObjectStore.failure(StoreFailure.DENIED, StoreCall.PutObjectRetention, "AccessDenied");
        }
        return new ObjectLock(mode, until, before.legalHold());
    }
}

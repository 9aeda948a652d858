package io.tidelock.replicator.plan;

import io.tidelock.domain.VersionId;
import io.tidelock.replicator.rule.AclPolicy;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.Grant;
import io.tidelock.replicator.store.Grant.Grantee;
import io.tidelock.replicator.store.Grant.Permission;
import io.tidelock.replicator.store.ObjectAcl;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a version's ACL at the destination (rules 30 to 32). What a canned ACL says stays canned, as it speaks
 * of whoever owns the object; all other grants go with their grantees, mapped.
 */
final class AclPlans {
    private static final String ENFORCED = "BucketOwnerEnforced";

    /** Lets the owner of the destination bucket use what another account's credentials wrote (rule 32). */
    private static final String BUCKET_OWNER = "bucket-owner-full-control";

    private static final String PRIVATE = "private";

    /** S3's canned ACLs that speak of nobody but the owner and everybody: their name and what the public may do. */
    private static final Map<Set<Grant>, String> CANNED = Map.of(
            Set.of(), PRIVATE,
            Set.of(new Grant(Grantee.Group.ALL_USERS, Permission.READ)), "public-read",
            Set.of(
                            new Grant(Grantee.Group.ALL_USERS, Permission.READ),
                            new Grant(Grantee.Group.ALL_USERS, Permission.WRITE)),
                    "public-read-write",
            Set.of(new Grant(Grantee.Group.AUTHENTICATED_USERS, Permission.READ)), "authenticated-read");

    private AclPlans() {}

    /** The ACL that a new replica is written with. */
    static AclWrite ofReplica(Assignment assignment, Facts facts, VersionId source) {
        if (assignment.rule().destination().ownerOverride()) {
            return assignment.ownAccount() ? AclWrite.DEFAULT : AclWrite.canned(BUCKET_OWNER);
        }
        if (!isCopied(assignment, facts)) {
            return AclWrite.DEFAULT;
        }
        var wanted = wanted(assignment, facts, source);
        return PRIVATE.equals(wanted.canned()) ? AclWrite.DEFAULT : wanted;
    }

    /** The ACL that a version of the destination keeps when it is put back on top. */
    static AclWrite ofPutBack(Assignment assignment, Facts facts, VersionId replica) {
        if (assignment.rule().destination().ownerOverride()) {
            return assignment.ownAccount() ? AclWrite.DEFAULT : AclWrite.canned(BUCKET_OWNER);
        }
        if (!isCopied(assignment, facts)) {
            return AclWrite.DEFAULT;
        }
        var acl = facts.get(new Question.ReplicaAcl(replica));
        return canned(acl)
                .map(name -> name.equals(PRIVATE) ? AclWrite.DEFAULT : AclWrite.canned(name))
                .orElseGet(() -> mapped(acl, AclPolicy.COPY));
    }

    /** Whether ACLs go along at all: the rule leaves the owner alone, and both buckets have ACLs. */
    static boolean isCopied(Assignment assignment, Facts facts) {
        return !assignment.rule().destination().ownerOverride()
                && assignment.acl().copied()
                && hasAcls(facts.get(new Question.DestinationBucket()).ownership())
                && !ENFORCED.equals(facts.get(new Question.SourceBucket()).ownership());
    }

    /** A store that does not say may not have any: then nothing is written that it could refuse. */
    private static boolean hasAcls(@Nullable String ownership) {
        return ownership != null && !ownership.equals(ENFORCED);
    }

    /** What the source's ACL is to be at the destination. */
    static AclWrite wanted(Assignment assignment, Facts facts, VersionId source) {
        var acl = facts.get(new Question.SourceAcl(source));
        return canned(acl).map(AclWrite::canned).orElseGet(() -> mapped(acl, assignment.acl()));
    }

    private static Optional<String> canned(ObjectAcl acl) {
        var owners = new Grant(new Grantee.Account(acl.owner()), Permission.FULL_CONTROL);
        if (!acl.grants().contains(owners)) {
            return Optional.empty();
        }
        var others = new HashSet<>(acl.grants());
        others.remove(owners);
        return Optional.ofNullable(CANNED.get(Set.copyOf(others)));
    }

    private static AclWrite mapped(ObjectAcl acl, AclPolicy policy) {
        var grants = acl.grants().stream()
                .filter(grant -> grant.permission() != Permission.WRITE)
                .flatMap(grant ->
                        grantee(grant.grantee(), policy)
                                .map(grantee -> new Grant(grantee, grant.permission()))
                                .stream())
                .collect(Collectors.toUnmodifiableSet());
        return grants.isEmpty() ? AclWrite.canned(PRIVATE) : AclWrite.of(grants);
    }

    private static Optional<Grantee> grantee(Grantee grantee, AclPolicy policy) {
        return switch (grantee) {
            case Grantee.Group group -> Optional.of(group);
            case Grantee.Account(var id) -> policy.granteeOf(id).map(Grantee.Account::new);
        };
    }

    /** Whether an ACL is already what a write would make it. */
    static boolean isAlready(AclWrite wanted, ObjectAcl now) {
        if (wanted.canned() == null) {
            return now.grants().equals(wanted.grants());
        }
        return canned(now).filter(wanted.canned()::equals).isPresent();
    }
}

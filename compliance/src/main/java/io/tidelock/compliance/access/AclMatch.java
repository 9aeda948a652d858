package io.tidelock.compliance.access;

import io.tidelock.compliance.access.BlockPublicAccess.Flag;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Truth;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the ACLs allow: the bucket's for actions on the bucket and for creating objects, the object's for the object.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions">ACL permissions</a>
 */
final class AclMatch {
    private static final Map<String, String> ON_BUCKET = Map.of(
            "s3:listbucket", "READ",
            "s3:listbucketversions", "READ",
            "s3:listbucketmultipartuploads", "READ",
            "s3:putobject", "WRITE",
            "s3:getbucketacl", "READ_ACP",
            "s3:putbucketacl", "WRITE_ACP");
    private static final Map<String, String> ON_OBJECT = Map.of(
            "s3:getobject", "READ",
            "s3:getobjectversion", "READ",
            "s3:getobjectacl", "READ_ACP",
            "s3:getobjectversionacl", "READ_ACP",
            "s3:putobjectacl", "WRITE_ACP",
            "s3:putobjectversionacl", "WRITE_ACP");

    private final BucketSituation situation;
    private final AccessRequest request;

    AclMatch(BucketSituation situation, AccessRequest request) {
        this.situation = situation;
        this.request = request;
    }

    /** Whether an ACL allows the request; the grants that do are added to {@code found}. */
    Truth allows(List<String> found) {
        String action = request.action().toLowerCase(Locale.ROOT);
        String onBucket = ON_BUCKET.get(action);
        if (onBucket != null) {
            return allows(situation.acl(), onBucket, "the bucket's ACL", found);
        }
        String onObject = ON_OBJECT.get(action);
        return onObject == null ? Truth.FALSE : allows(situation.objectAcl(), onObject, "the object's ACL", found);
    }

    private Truth allows(Collected<Acl> acl, String permission, String name, List<String> found) {
        Truth inForce = Ownership.enforced(situation.ownership()).not();
        if (inForce == Truth.FALSE) {
            return Truth.FALSE;
        }
        return switch (acl) {
            case Collected.NotConfigured<Acl> _ -> Truth.FALSE;
            case Collected.NotCollected<Acl> _, Collected.Unavailable<Acl> _ -> Truth.UNKNOWN;
            case Collected.Known<Acl>(var known) -> {
                Truth any = known.defects().isEmpty() ? Truth.FALSE : Truth.UNKNOWN;
                for (Grant grant : known.grants()) {
                    Truth one = grant.gives(permission) ? inForce.and(names(grant)) : Truth.FALSE;
                    if (one != Truth.FALSE) {
                        found.add(name + ": " + grant);
                    }
                    any = any.or(one);
                }
                yield any;
            }
        };
    }

    private Truth names(Grant grant) {
        Truth unmasked = situation.block().has(Flag.IGNORE_PUBLIC_ACLS).not();
        return switch (grant.kind()) {
            case ALL_USERS -> unmasked;
            case AUTHENTICATED_USERS -> request.caller() instanceof Caller.Identity ? unmasked : Truth.FALSE;
            case LOG_DELIVERY ->
                Truth.of(request.caller() instanceof Caller.Service(var service)
                        && service.equals("logging.s3.amazonaws.com"));
            case CANONICAL_USER -> canonical(grant.grantee());
            case EMAIL, UNKNOWN -> request.caller() instanceof Caller.Identity ? Truth.UNKNOWN : Truth.FALSE;
        };
    }

    /** A grant to the bucket's own account passes through that account's identity policies. */
    private Truth canonical(String id) {
        if (!(request.caller() instanceof Caller.Identity identity)) {
            return Truth.FALSE;
        }
        String home = situation.home().account();
        boolean own = identity.arn().account().equals(home);
        String callers = own ? situation.home().canonicalId() : identity.canonicalId();
        if (own && !identity.isRoot()) {
            return Truth.FALSE;
        }
        return callers == null ? Truth.UNKNOWN : Truth.of(callers.equals(id));
    }
}

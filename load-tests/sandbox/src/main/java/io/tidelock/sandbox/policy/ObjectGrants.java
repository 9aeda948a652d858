package io.tidelock.sandbox.policy;

import io.tidelock.sandbox.auth.Caller;
import io.tidelock.sandbox.model.Grant;
import io.tidelock.sandbox.model.ObjectAccess;
import java.util.Map;

/**
 * What the ACL of a version lets a caller do.
 *
 * <p>Source: "Access control list (ACL) overview", mapping of ACL permissions and access policy permissions.
 */
final class ObjectGrants {
    private static final Map<String, String> PERMISSION_FOR = Map.of(
            "s3:GetObject", "READ",
            "s3:GetObjectVersion", "READ",
            "s3:GetObjectAcl", "READ_ACP",
            "s3:GetObjectVersionAcl", "READ_ACP",
            "s3:PutObjectAcl", "WRITE_ACP",
            "s3:PutObjectVersionAcl", "WRITE_ACP");

    private ObjectGrants() {}

    /** Whether the version's owner, and not the bucket's, decides about the action. */
    static boolean decideAbout(String action) {
        return PERMISSION_FOR.containsKey(action);
    }

    static boolean allow(Caller caller, String action, ObjectAccess object) {
        var needed = PERMISSION_FOR.get(action);
        return needed != null
                && object.grants().stream()
                        .anyMatch(grant -> reaches(grant, caller)
                                && (grant.permission().equals(needed)
                                        || grant.permission().equals(Grant.FULL_CONTROL)));
    }

    private static boolean reaches(Grant grant, Caller caller) {
        return grant.grantee().equals(Grant.ALL_USERS)
                || (!caller.anonymous()
                        && (grant.grantee().equals(Grant.AUTHENTICATED_USERS)
                                || grant.grantee().equals(caller.canonicalId())));
    }
}

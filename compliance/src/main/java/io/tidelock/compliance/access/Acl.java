package io.tidelock.compliance.access;

import io.tidelock.compliance.policy.Truth;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An access control list as far as it could be understood; a canned one as the grants that it stands for.
 *
 * @param ownerId the owner's canonical id, or null
 * @param canned the canned ACL's name, or null
 * @param defects what leaves the answer open unless a grant decides it
 */
public record Acl(@Nullable String ownerId, @Nullable String canned, List<Grant> grants, List<String> defects) {
    /** The canonical id that {@code aws-exec-read} grants to, so that EC2 can read an image bundle. */
    static final String EC2_BUNDLES = "6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c";

    /** The canonical id that delivers the standard logs of CloudFront. */
    static final String CLOUDFRONT_LOGS = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0";

    private static final Set<String> AWS_OWN = Set.of(EC2_BUNDLES, CLOUDFRONT_LOGS);

    public Acl {
        grants = List.copyOf(grants);
        defects = List.copyOf(defects);
    }

    /** Rules A1 to A3: the grants to everybody. */
    public List<Grant> publicGrants() {
        return grants.stream().filter(Grant::isPublic).toList();
    }

    /** Whether everybody has one of the grants that {@code wanted} accepts, ownership and blocks aside. */
    public Truth isPublic(Predicate<Grant> wanted) {
        if (publicGrants().stream().anyMatch(wanted)) {
            return Truth.TRUE;
        }
        return defects.isEmpty() ? Truth.FALSE : Truth.UNKNOWN;
    }

    /** Rule A6: grants to somebody who is neither the owner, nor trusted, nor AWS itself. */
    public List<Grant> foreignGrants(Set<String> trusted) {
        return grants.stream()
                .filter(grant -> switch (grant.kind()) {
                    case CANONICAL_USER ->
                        !grant.grantee().equals(ownerId)
                                && !trusted.contains(grant.grantee())
                                && !AWS_OWN.contains(grant.grantee());
                    case EMAIL -> true;
                    case ALL_USERS, AUTHENTICATED_USERS, LOG_DELIVERY, UNKNOWN -> false;
                })
                .toList();
    }

    /** Whether the owner still has the grant that S3 gives by default. */
    public boolean ownerHasFullControl() {
        return canned != null
                || grants.stream()
                        .anyMatch(grant -> grant.kind() == Grant.Kind.CANONICAL_USER
                                && grant.grantee().equals(ownerId)
                                && grant.permission().equals("FULL_CONTROL"));
    }
}

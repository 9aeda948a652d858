package io.tidelock.compliance.access;

import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.BucketResource;
import io.tidelock.compliance.policy.Home;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.Publicness;
import io.tidelock.compliance.policy.Truth;
import org.jspecify.annotations.Nullable;

/**
 * All that decides about requests on one bucket, and on one object of it where a request names one.
 *
 * @param objectAcl the ACL of the object that is asked for; not collected where it does not matter
 * @param objectOwner canonical id of the object's owner, or null where it is the bucket's own or not known
 */
public record BucketSituation(
        BucketResource bucket,
        Home home,
        Collected<Policy> policy,
        Collected<Acl> acl,
        Collected<Ownership> ownership,
        EffectiveBlock block,
        Collected<Acl> objectAcl,
        @Nullable String objectOwner) {
    /** Whether the bucket policy is public. */
    public Truth policyPublic() {
        return switch (policy) {
            case Collected.Known<Policy>(var known) -> Publicness.of(known).isPublic();
            case Collected.NotConfigured<Policy> _ -> Truth.FALSE;
            case Collected.NotCollected<Policy> _, Collected.Unavailable<Policy> _ -> Truth.UNKNOWN;
        };
    }

    /** Whether the object belongs to somebody else, so that the bucket policy cannot allow anything on it. */
    Truth objectIsForeign() {
        Truth enforced = Ownership.enforced(ownership);
        if (objectOwner == null) {
            return Truth.FALSE;
        }
        Truth other = home.canonicalId() == null ? Truth.UNKNOWN : Truth.of(!objectOwner.equals(home.canonicalId()));
        return other.and(enforced.not());
    }
}

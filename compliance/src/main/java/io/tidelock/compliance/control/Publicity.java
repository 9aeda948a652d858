package io.tidelock.compliance.control;

import io.tidelock.compliance.access.Acl;
import io.tidelock.compliance.access.BlockPublicAccess.Flag;
import io.tidelock.compliance.access.EffectiveBlock;
import io.tidelock.compliance.access.Ownership;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.Publicness;
import io.tidelock.compliance.policy.Truth;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes a bucket public in effect (rule B3).
 *
 * @param policyPublic whether the policy is, blocks aside
 * @param aclPublic whether the ACL is and ACLs are in force, blocks aside
 * @param byPolicy whether the policy makes the bucket public
 * @param byAcl whether the ACL makes the bucket public
 */
record Publicity(
        BucketEvidence bucket, EffectiveBlock block, Truth policyPublic, Truth aclPublic, Truth byPolicy, Truth byAcl) {
    static Publicity of(BucketEvidence bucket, EffectiveBlock block) {
        Truth policyPublic = policyPublic(bucket.policy());
        Truth aclPublic = aclPublic(bucket);
        return new Publicity(
                bucket,
                block,
                policyPublic,
                aclPublic,
                policyPublic.and(block.has(Flag.RESTRICT_PUBLIC_BUCKETS).not()),
                aclPublic.and(block.has(Flag.IGNORE_PUBLIC_ACLS).not()));
    }

    Truth isPublic() {
        return byPolicy.or(byAcl);
    }

    /** The statements and grants that make it public. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        if (byPolicy == Truth.TRUE) {
            lines.add("the policy is public and RestrictPublicBuckets is off");
            bucket.policy()
                    .known()
                    .ifPresent(policy ->
                            Publicness.of(policy).openings().forEach(opening -> lines.addAll(opening.because())));
        }
        if (byAcl == Truth.TRUE) {
            lines.add("the ACL is public and IgnorePublicAcls is off");
            bucket.acl().known().ifPresent(acl -> acl.publicGrants().forEach(grant -> lines.add(grant.toString())));
        }
        return lines;
    }

    /** What would be public again the moment that a flag is taken away (rule B5). */
    List<String> latent() {
        var lines = new ArrayList<String>();
        if (policyPublic == Truth.TRUE) {
            lines.add("latent: the policy is public");
        }
        if (aclPublic == Truth.TRUE) {
            lines.add("latent: the ACL is public");
        }
        return lines;
    }

    private static Truth policyPublic(Collected<Policy> policy) {
        return switch (policy) {
            case Collected.Known<Policy>(var known) -> Publicness.of(known).isPublic();
            case Collected.NotConfigured<Policy> _ -> Truth.FALSE;
            case Collected.NotCollected<Policy> _, Collected.Unavailable<Policy> _ -> Truth.UNKNOWN;
        };
    }

    private static Truth aclPublic(BucketEvidence bucket) {
        Truth grants = switch (bucket.acl()) {
            case Collected.Known<Acl>(var known) -> known.isPublic(_ -> true);
            case Collected.NotConfigured<Acl> _ -> Truth.FALSE;
            case Collected.NotCollected<Acl> _, Collected.Unavailable<Acl> _ -> Truth.UNKNOWN;
        };
        boolean neverAsked = bucket.ownership() instanceof Collected.NotCollected<Ownership>;
        Truth inForce = neverAsked && grants == Truth.TRUE
                ? Truth.TRUE
                : Ownership.enforced(bucket.ownership()).not();
        return grants.and(inForce);
    }

    /** Why it is not certain. */
    String uncertainty() {
        var why = new ArrayList<String>();
        if (!bucket.policy().certain()) {
            why.add(bucket.policy().uncertainty("the bucket policy"));
        }
        bucket.policy().known().ifPresent(policy -> why.addAll(policy.defects()));
        if (!bucket.acl().certain()) {
            why.add(bucket.acl().uncertainty("the bucket's ACL"));
        }
        if (!bucket.ownership().certain()) {
            why.add(bucket.ownership().uncertainty("ownershipControls"));
        }
        String blocks = block.uncertainty();
        if (!blocks.isEmpty()) {
            why.add(blocks);
        }
        return why.isEmpty() ? "a grant could not be understood" : String.join("; ", why);
    }
}

package io.tidelock.sandbox.model;

import java.util.List;
import java.util.Set;

/**
 * What a bucket or an account does not let the public have (UG: Blocking public access to your Amazon S3 storage).
 *
 * @param blockPublicAcls requests that name a public ACL are refused
 * @param ignorePublicAcls public grants that are there do not count
 * @param blockPublicPolicy public bucket policies are refused
 * @param restrictPublicBuckets a bucket with a public policy lets its own account in only
 */
public record PublicAccessBlock(
        boolean blockPublicAcls, boolean ignorePublicAcls, boolean blockPublicPolicy, boolean restrictPublicBuckets) {
    /** Nothing is blocked. */
    public static final PublicAccessBlock NONE = new PublicAccessBlock(false, false, false, false);
    /** What a bucket begins with that a request makes (UG: Blocking public access, new buckets). */
    public static final PublicAccessBlock ALL = new PublicAccessBlock(true, true, true, true);

    private static final Set<String> PUBLIC = Set.of(Grant.ALL_USERS, Grant.AUTHENTICATED_USERS);

    /** Of a bucket's and its account's the stricter one holds, setting by setting. */
    public PublicAccessBlock and(PublicAccessBlock other) {
        return new PublicAccessBlock(
                blockPublicAcls || other.blockPublicAcls,
                ignorePublicAcls || other.ignorePublicAcls,
                blockPublicPolicy || other.blockPublicPolicy,
                restrictPublicBuckets || other.restrictPublicBuckets);
    }

    /** Refuses an ACL that is public where that is blocked. */
    public void check(List<Grant> grants) {
        if (blockPublicAcls && grants.stream().anyMatch(PublicAccessBlock::open)) {
            throw new Refusal(ErrorCode.ACCESS_DENIED);
        }
    }

    /** The grants that count. */
    public List<Grant> counting(List<Grant> grants) {
        return ignorePublicAcls ? grants.stream().filter(grant -> !open(grant)).toList() : grants;
    }

    private static boolean open(Grant grant) {
        return PUBLIC.contains(grant.grantee());
    }
}

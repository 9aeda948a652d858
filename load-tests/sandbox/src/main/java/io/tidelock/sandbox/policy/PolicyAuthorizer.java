package io.tidelock.sandbox.policy;

import io.tidelock.sandbox.auth.AccessRequest;
import io.tidelock.sandbox.auth.Authorizer;
import io.tidelock.sandbox.auth.Caller;
import io.tidelock.sandbox.auth.KeyRequest;
import io.tidelock.sandbox.auth.RecentlyUsed;
import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.Role;
import io.tidelock.sandbox.model.World;
import io.tidelock.sandbox.policy.Policy.Decision;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges requests by the caller's own policies, the bucket's policy and the version's ACL. Thread-safe.
 *
 * <p>Sources: "How Amazon S3 authorizes a request", "How Amazon S3 authorizes a request for an object operation" and
 * "Policy evaluation logic". An explicit Deny anywhere wins. Within the account that owns the bucket either the caller's
 * policies or the bucket's must allow; across accounts both. An account itself (its root) may do everything that no bucket
 * policy denies; a role, what its policy says (everything, where it has none) within its session policy. A version that
 * another account owns is decided by its owner and its ACL, and a bucket policy can only deny.
 */
public final class PolicyAuthorizer implements Authorizer {
    private static final int PARSED_MAX = 1_000;
    private static final Set<String> NEVER_DENIED_TO_THE_OWNERS_ROOT =
            Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");

    private final World world;
    private final RecentlyUsed<String, Policy> bucketPolicies = new RecentlyUsed<>(PARSED_MAX);
    private final RecentlyUsed<String, Policy> keyPolicies = new RecentlyUsed<>(PARSED_MAX);
    private final RecentlyUsed<String, Policy> identityPolicies = new RecentlyUsed<>(PARSED_MAX);

    public PolicyAuthorizer(World world) {
        this.world = world;
    }

    @Override
    public boolean allows(AccessRequest request) {
        var caller = request.caller();
        var resource = "arn:aws:s3:::" + request.bucket()
                + request.key().map(key -> "/" + key).orElse("");
        var context = RequestContext.of(caller, request.head());
        var named = new PolicyQuestion(Principals.withAccount(caller), request.action(), resource, context);
        var directly = new PolicyQuestion(Principals.itself(caller), request.action(), resource, context);
        var bucket = request.policy().map(json -> bucketPolicies.get(json, PolicyReader::bucketPolicy));
        var bySession = session(caller).decide(named);
        var byIdentity = identity(caller).decide(named);
        var byBucket = bucket.map(policy -> policy.decide(named)).orElse(Decision.SILENT);
        boolean ownersRoot = caller.accountId().equals(request.bucketOwnerId()) && isRoot(caller);
        boolean denied = byBucket == Decision.DENIED
                && !(ownersRoot && NEVER_DENIED_TO_THE_OWNERS_ROOT.contains(request.action()));
        if (denied || byIdentity == Decision.DENIED || bySession != Decision.ALLOWED) {
            return false;
        }
        boolean identityAllows = byIdentity == Decision.ALLOWED;
        if (request.object().isPresent() && ObjectGrants.decideAbout(request.action())) {
            var object = request.object().get();
            if (!object.ownerId().equals(ownerOf(request))) {
                return identityAllows
                        && (object.ownerId().equals(caller.canonicalId())
                                || ObjectGrants.allow(caller, request.action(), object));
            }
            if (identityAllows && ObjectGrants.allow(caller, request.action(), object)) {
                return true;
            }
        }
        if (caller.accountId().equals(request.bucketOwnerId())) {
            return identityAllows
                    || bucket.map(policy -> policy.decide(directly)).orElse(Decision.SILENT) == Decision.ALLOWED;
        }
        return identityAllows && byBucket == Decision.ALLOWED;
    }

    @Override
    public boolean allows(KeyRequest request) {
        var caller = request.caller();
        return KeyAccess.decide(
                request,
                keyPolicies.get(request.policy(), PolicyReader::bucketPolicy),
                identity(caller),
                session(caller));
    }

    private String ownerOf(AccessRequest request) {
        return world.account(request.bucketOwnerId()).map(Account::canonicalId).orElse("");
    }

    private static boolean isRoot(Caller caller) {
        return caller.principalArn().equals("arn:aws:iam::" + caller.accountId() + ":root");
    }

    /** Only roles have policies of their own; a role that is gone may do nothing. */
    private Policy identity(Caller caller) {
        var roleArn = caller.roleArn();
        if (roleArn.equals(caller.principalArn())) {
            return Policy.FULL_ACCESS;
        }
        return world.account(caller.accountId())
                .flatMap(account -> account.role(roleArn))
                .map(this::policyOf)
                .orElse(Policy.NO_ACCESS);
    }

    /** All policies of a role count together (IAM user guide: Policy evaluation for requests within a single account). */
    private Policy policyOf(Role role) {
        var documents = Stream.concat(role.policy().stream(), role.attached().values().stream())
                .map(json -> identityPolicies.get(json, PolicyReader::identityPolicy))
                .toList();
        return documents.isEmpty()
                ? Policy.FULL_ACCESS
                : new Policy(documents.stream()
                        .flatMap(policy -> policy.statements().stream())
                        .toList());
    }

    private Policy session(Caller caller) {
        return caller.sessionPolicy()
                .map(json -> identityPolicies.get(json, PolicyReader::identityPolicy))
                .orElse(Policy.FULL_ACCESS);
    }
}

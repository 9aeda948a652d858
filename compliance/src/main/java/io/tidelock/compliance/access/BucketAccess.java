package io.tidelock.compliance.access;

import io.tidelock.compliance.access.BlockPublicAccess.Flag;
import io.tidelock.compliance.access.StatementMatch.Naming;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.RequestContext;
import io.tidelock.compliance.policy.Statement;
import io.tidelock.compliance.policy.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Who may do what: any Deny wins, a public access block comes next, then somebody must allow. Within the bucket's
 * account one allow is enough, across accounts both sides must allow. What organizations (SCP, RCP), session policies and
 * permission boundaries take away is not looked at.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">policy evaluation logic</a>
 */
public final class BucketAccess {
    private final BucketSituation situation;
    private final boolean key;

    /** Requests on a bucket. */
    public BucketAccess(BucketSituation situation) {
        this(situation, false);
    }

    private BucketAccess(BucketSituation situation, boolean key) {
        this.situation = situation;
        this.key = key;
    }

    /**
     * Requests on a KMS key, of which the situation tells the policy and the account. No identity has a right to a key
     * that the key's policy does not give: it names the identity, or it lets an account decide.
     *
     * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html">key policies</a>
     */
    public static BucketAccess ofKey(BucketSituation situation) {
        return new BucketAccess(situation, true);
    }

    /** Decides one request. */
    public Decision decide(AccessRequest request) {
        return new Deciding(request).decide();
    }

    private enum Side {
        OWN,
        FOREIGN,
        NOBODY,
        SERVICE,
        UNKNOWN
    }

    private final class Deciding {
        private final AccessRequest request;
        private final RequestContext context;
        private final List<String> denying = new ArrayList<>();
        private final List<String> allowing = new ArrayList<>();
        private final List<String> unclear = new ArrayList<>();

        Deciding(AccessRequest request) {
            this.request = request;
            this.context = CallerKeys.added(request.context(), request.caller());
        }

        Decision decide() {
            Truth denied = denied();
            if (denied == Truth.TRUE) {
                return new Decision.Denied("an explicit Deny", denying);
            }
            Side side = side();
            Truth restricted = restricted(side);
            if (restricted == Truth.TRUE) {
                return new Decision.Denied(
                        "RestrictPublicBuckets is on and the policy is public: only AWS services and the bucket's own"
                                + " account get in",
                        List.of());
            }
            Truth allowed = allowed(side);
            if (allowed == Truth.FALSE) {
                return new Decision.Denied("nothing allows it", List.of());
            }
            Truth all = allowed.and(denied.not()).and(restricted.not());
            if (all == Truth.TRUE) {
                return new Decision.Allowed(allowing);
            }
            unclear.addAll(allowing);
            unclear.addAll(denying);
            return new Decision.Conditional(
                    "it depends on what is not known of the request or of the documents", unclear);
        }

        private Side side() {
            return switch (request.caller()) {
                case Caller.Anonymous _ -> Side.NOBODY;
                case Caller.Service _ -> Side.SERVICE;
                case Caller.Identity identity -> {
                    String home = situation.home().account();
                    if (home == null) {
                        yield Side.UNKNOWN;
                    }
                    yield home.equals(identity.arn().account()) ? Side.OWN : Side.FOREIGN;
                }
            };
        }

        private Truth denied() {
            Truth byPolicy = scan(
                    situation.policy(),
                    true,
                    key ? "the key policy" : "the bucket policy",
                    (statement, naming) -> statement.isDeny() && naming != Naming.NO
                            ? (naming == Naming.UNCLEAR ? Truth.UNKNOWN : Truth.TRUE)
                            : Truth.FALSE,
                    denying);
            Truth byIdentity = hasIdentityPolicy()
                    ? scan(
                            request.identityPolicy(),
                            false,
                            "the identity policy",
                            (statement, _) -> Truth.of(statement.isDeny()),
                            denying)
                    : Truth.FALSE;
            return byPolicy.or(byIdentity);
        }

        private Truth restricted(Side side) {
            Truth outside = switch (side) {
                case OWN, SERVICE -> Truth.FALSE;
                case FOREIGN, NOBODY -> Truth.TRUE;
                case UNKNOWN -> Truth.UNKNOWN;
            };
            return outside.and(situation.policyPublic()).and(situation.block().has(Flag.RESTRICT_PUBLIC_BUCKETS));
        }

        private Truth allowed(Side side) {
            Truth direct = bucketPolicy(Naming.DIRECTLY);
            Truth viaAccount = bucketPolicy(Naming.BY_ACCOUNT);
            Truth acl = new AclMatch(situation, request).allows(allowing);
            return switch (side) {
                case NOBODY, SERVICE -> direct.or(acl);
                case OWN -> direct.or(acl).or(onOwnObjects(key ? viaAccount.and(identity()) : identity()));
                case FOREIGN -> direct.or(viaAccount).or(acl).and(identity());
                case UNKNOWN -> direct.or(viaAccount).or(acl).or(identity()).and(Truth.UNKNOWN);
            };
        }

        private Truth bucketPolicy(Naming wanted) {
            Truth allows = scan(
                    situation.policy(),
                    true,
                    key ? "the key policy" : "the bucket policy",
                    (statement, naming) -> {
                        if (!statement.isAllow()) {
                            return Truth.FALSE;
                        }
                        return naming == Naming.UNCLEAR ? Truth.UNKNOWN : Truth.of(naming == wanted);
                    },
                    allowing);
            return onOwnObjects(allows);
        }

        /** An existing object that somebody else owns is that owner's to share; deleting it is not. */
        private Truth onOwnObjects(Truth allows) {
            return usesObject() ? allows.and(situation.objectIsForeign().not()) : allows;
        }

        private boolean usesObject() {
            String action = request.action().toLowerCase(Locale.ROOT);
            return request.resource().contains("/")
                    && (action.startsWith("s3:get") || action.endsWith("acl") || action.endsWith("tagging"));
        }

        private boolean hasIdentityPolicy() {
            return request.caller() instanceof Caller.Identity identity && !identity.isRoot();
        }

        private Truth identity() {
            if (!(request.caller() instanceof Caller.Identity identity)) {
                return Truth.FALSE;
            }
            if (identity.isRoot()) {
                allowing.add("the root of account " + identity.arn().account() + " may use all that its account may");
                return Truth.TRUE;
            }
            return scan(
                    request.identityPolicy(),
                    false,
                    "the identity policy",
                    (statement, _) -> Truth.of(statement.isAllow()),
                    allowing);
        }

        private Truth scan(
                Collected<Policy> policy, boolean principals, String name, Relevance relevance, List<String> found) {
            return switch (policy) {
                case Collected.NotConfigured<Policy> _ -> Truth.FALSE;
                case Collected.NotCollected<Policy> _, Collected.Unavailable<Policy> _ -> {
                    unclear.add(policy.uncertainty(name));
                    yield Truth.UNKNOWN;
                }
                case Collected.Known<Policy>(var known) -> {
                    Truth any = known.defects().isEmpty() ? Truth.FALSE : Truth.UNKNOWN;
                    for (Statement statement : known.statements()) {
                        Naming naming = principals
                                ? StatementMatch.naming(statement.principals(), request.caller())
                                : Naming.DIRECTLY;
                        Truth one = relevance.of(statement, naming);
                        if (one != Truth.FALSE) {
                            one = one.and(StatementMatch.speaksOf(statement, request, context, known.variables()));
                        }
                        if (one != Truth.FALSE) {
                            found.add(name + ", " + statement.label()
                                    + (one == Truth.UNKNOWN ? ", under a condition" : ""));
                        }
                        any = any.or(one);
                    }
                    yield any;
                }
            };
        }
    }

    private interface Relevance {
        Truth of(Statement statement, Naming naming);
    }
}

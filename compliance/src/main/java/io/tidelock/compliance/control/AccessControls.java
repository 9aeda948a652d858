package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Severity.HIGH;
import static io.tidelock.compliance.control.Severity.MEDIUM;

import io.tidelock.compliance.access.BlockPublicAccess.Flag;
import io.tidelock.compliance.policy.BucketResource;
import io.tidelock.compliance.policy.CrossAccount;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.Publicness;
import io.tidelock.compliance.policy.SecureTransport;
import io.tidelock.compliance.policy.ServiceGrants;
import io.tidelock.compliance.policy.Truth;
import java.util.ArrayList;
import java.util.List;

/** Who else gets in, and how (rules TLS and X). */
final class AccessControls {
    private static final String PUT = "aws s3api put-bucket-policy --bucket BUCKET --policy file://policy.json";

    private AccessControls() {}

    static List<Control> all() {
        return List.of(
                Control.of("secure-transport", MEDIUM, "Plain HTTP is refused")
                        .because("Only a Deny to everyone, of every action, on bucket and objects refuses plain HTTP;"
                                + " an Allow over HTTPS refuses nothing.")
                        .remedy(PUT)
                        .also("s3_bucket_secure_transport_policy", "S3.5", "s3-bucket-ssl-requests-only", "3.1.1")
                        .judge(AccessControls::secureTransport),
                Control.of("cross-account", HIGH, "The policy gives no foreign account access")
                        .because("Another account passes on what it was given to whomever it likes.")
                        .remedy(PUT)
                        .also("s3_bucket_cross_account_access", "", "s3-bucket-policy-grantee-check", "")
                        .judge(evidence -> crossAccount(evidence, false)),
                Control.of("cross-account-admin-actions", HIGH, "No foreign account may administer the bucket")
                        .because("Five actions let another account take the bucket over, whatever the condition.")
                        .remedy(PUT)
                        .also("", "S3.6", "s3-bucket-blacklisted-actions-prohibited", "")
                        .judge(evidence -> crossAccount(evidence, true)),
                Control.of("service-confused-deputy", MEDIUM, "Services act for named accounts or resources only")
                        .because("Without aws:SourceAccount or aws:SourceArn any customer can make the service act.")
                        .remedy(PUT)
                        .judge(AccessControls::confusedDeputy));
    }

    private static Verdict secureTransport(Evidence evidence) {
        BucketResource bucket = evidence.theBucket().resource();
        return Judging.policy(
                evidence,
                Verdict.violation("there is no bucket policy, so plain HTTP is accepted", List.of()),
                policy -> bucket == null
                        ? Verdict.unknown("the snapshot does not name the bucket")
                        : secureTransport(policy, bucket));
    }

    private static Verdict secureTransport(Policy policy, BucketResource bucket) {
        var judged = SecureTransport.of(policy, bucket);
        var lines = new ArrayList<>(judged.because());
        judged.notes().forEach(note -> lines.add("note: " + note));
        if (judged.refused()) {
            return new Verdict.Compliant(
                    judged.confirmed()
                            ? "plain HTTP is refused"
                            : "plain HTTP is taken to be refused below a TLS version: unconfirmed",
                    lines);
        }
        if (!policy.defects().isEmpty()) {
            lines.addAll(policy.defects());
            return new Verdict.Unknown("nothing that could be understood refuses plain HTTP", lines);
        }
        return Verdict.violation(
                "no Deny refuses plain HTTP to everyone, for every action, on bucket and objects", lines);
    }

    private static Verdict crossAccount(Evidence evidence, boolean adminActions) {
        return Judging.policy(evidence, Verdict.compliant("there is no bucket policy"), policy -> {
            var judged = adminActions
                    ? CrossAccount.ofAdminActions(policy, evidence.home(), evidence.trusted())
                    : CrossAccount.of(policy, evidence.home(), evidence.trusted());
            if (!judged.grants().isEmpty()) {
                var lines = new ArrayList<>(lines(judged.grants()));
                lines(judged.undecided()).forEach(line -> lines.add(line + ": whose principal this is, is not known"));
                return Verdict.violation(
                        (adminActions ? "a foreign principal may administer the bucket" : "a foreign principal gets in")
                                + effect(evidence, policy),
                        lines);
            }
            if (!judged.undecided().isEmpty()) {
                return new Verdict.Unknown("it cannot be told whose principal this is", lines(judged.undecided()));
            }
            if (!policy.defects().isEmpty()) {
                return new Verdict.Unknown("a part of the policy could not be understood", policy.defects());
            }
            return new Verdict.Compliant(
                    "every principal is the account's own, trusted or an AWS service", judged.notes());
        });
    }

    /** Rule X7. */
    private static String effect(Evidence evidence, Policy policy) {
        Truth masked =
                Publicness.of(policy).isPublic().and(evidence.effectiveBlock().has(Flag.RESTRICT_PUBLIC_BUCKETS));
        return masked == Truth.TRUE
                ? "; configured, not effective: the policy is public and RestrictPublicBuckets is on"
                : "";
    }

    private static List<String> lines(List<CrossAccount.Grant> grants) {
        return grants.stream().map(CrossAccount.Grant::because).toList();
    }

    private static Verdict confusedDeputy(Evidence evidence) {
        return Judging.policy(evidence, Verdict.compliant("there is no bucket policy"), policy -> {
            var judged = ServiceGrants.of(policy);
            if (!judged.unguarded().isEmpty()) {
                return Verdict.violation(
                        "a service may act for anybody: neither aws:SourceAccount nor aws:SourceArn is demanded",
                        judged.unguarded());
            }
            return policy.defects().isEmpty()
                    ? new Verdict.Compliant(
                            "every service that is allowed must act for a named source", judged.guarded())
                    : new Verdict.Unknown("a part of the policy could not be understood", policy.defects());
        });
    }
}

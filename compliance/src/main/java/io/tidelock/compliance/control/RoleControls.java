package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Severity.HIGH;
import static io.tidelock.compliance.control.Severity.MEDIUM;

import io.tidelock.compliance.control.Replication.Finding;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.BucketResource;
import io.tidelock.compliance.policy.ConditionEvaluation;
import io.tidelock.compliance.policy.Glob;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.Principal;
import io.tidelock.compliance.policy.RequestContext;
import io.tidelock.compliance.policy.S3Actions;
import io.tidelock.compliance.policy.ServiceGrants;
import io.tidelock.compliance.policy.Statement;
import io.tidelock.compliance.policy.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The role that replicates: who may be it, and what it may do (R18 to R20). */
final class RoleControls {
    private static final String S3 = "s3.amazonaws.com";
    private static final String BATCH = "batchoperations.s3.amazonaws.com";
    private static final String TRUST =
            "aws iam update-assume-role-policy --role-name ROLE --policy-document file://trust.json";
    private static final String POLICY =
            "aws iam put-role-policy --role-name ROLE --policy-name replication --policy-document file://policy.json";
    private static final Set<String> HARMLESS = Set.of(
            "s3:getreplicationconfiguration",
            "s3:listbucket",
            "s3:listbucketversions",
            "s3:getobjectversion",
            "s3:getobjectversionforreplication",
            "s3:getobjectversionacl",
            "s3:getobjectversiontagging",
            "s3:getobjectversionattributes",
            "s3:getobjectversiontorrent",
            "s3:getobjectretention",
            "s3:getobjectlegalhold",
            "s3:replicateobject",
            "s3:replicatedelete",
            "s3:replicatetags",
            "s3:objectowneroverridetobucketowner");

    private RoleControls() {}

    static List<Control> all() {
        Control trust = Control.of(
                        "replication-role-trust", HIGH, "S3 alone may assume the role, for this source alone")
                .because("Whoever else may be the role reads the source and writes the destination; without a source"
                        + " condition S3 may be made to use it for a stranger's bucket.")
                .remedy(TRUST)
                .judge(RoleControls::trust);
        Control actions = Control.of("replication-role-actions", HIGH, "The role may do all that replication needs")
                .because("Each permission that is missing makes objects end FAILED, and S3 does not try them again.")
                .remedy(POLICY)
                .judge(evidence -> Replication.each(evidence, one -> actions(evidence, one)));
        return List.of(
                trust,
                trust.alias("r18-role-trust"),
                actions,
                actions.alias("r19-role-missing-action"),
                Control.of("r20-role-over-broad", MEDIUM, "The role may do no more than replication needs")
                        .because("A role that S3 holds is used by whoever may change the replication configuration.")
                        .remedy(POLICY)
                        .judge(RoleControls::overBroad));
    }

    /**
     * A bucket that replicates nothing has no role to judge; where the configuration could not be read it is not known
     * whether it has. A role that was handed in without a configuration is judged by itself.
     */
    private static Verdict whereReplicated(Evidence evidence, Supplier<Verdict> judge) {
        ReplicationDocument document = evidence.theBucket().replication();
        if (document.state() instanceof Collected.Unavailable) {
            return Verdict.unknown(document.state().uncertainty("the replication configuration"));
        }
        boolean nothing = document.state().certain()
                && document.defects().isEmpty()
                && document.enabled().findAny().isEmpty();
        return nothing ? Verdict.notApplicable("the bucket replicates nothing") : judge.get();
    }

    private static Verdict trust(Evidence evidence) {
        return whereReplicated(
                evidence,
                () -> Judging.known(
                        evidence.roleTrust(),
                        "the role's trust policy",
                        Verdict.violation("the role has no trust policy", List.of()),
                        policy -> trust(evidence, policy)));
    }

    private static Verdict trust(Evidence evidence, Policy policy) {
        var wrong = new ArrayList<String>();
        Truth assumable = Truth.FALSE;
        for (Statement statement : policy.statements()) {
            if (!statement.actions().hasAction("sts:AssumeRole")) {
                continue;
            }
            boolean ofS3 = !statement.principals().negated()
                    && statement.principals().values().stream().anyMatch(one -> one.isEveryone() || isService(one, S3));
            Truth holds = ConditionEvaluation.evaluate(statement, source(evidence), policy.variables());
            if (statement.isDeny() && (ofS3 || statement.principals().negated()) && holds != Truth.FALSE) {
                wrong.add(statement.label() + ": Deny " + statement.principals() + " keeps S3 out");
            }
            if (statement.isAllow()) {
                wrong.addAll(tooMuch(statement, ofS3));
                assumable = assumable.or(ofS3 ? holds : Truth.FALSE);
            }
        }
        if (assumable == Truth.FALSE) {
            wrong.add("no statement lets " + S3 + " assume the role for this bucket");
        }
        if (!wrong.isEmpty()) {
            return Verdict.violation("the role's trust policy is not as replication needs it", wrong);
        }
        return policy.defects().isEmpty()
                ? Verdict.compliant("S3 alone may assume the role, for this source alone")
                : new Verdict.Unknown("a part of the trust policy could not be understood", policy.defects());
    }

    private static RequestContext source(Evidence evidence) {
        RequestContext context = RequestContext.UNKNOWN;
        String account = Replication.sourceAccount(evidence);
        BucketResource bucket = evidence.theBucket().resource();
        if (account != null) {
            context = context.with("aws:SourceAccount", account);
        }
        return bucket == null ? context : context.with("aws:SourceArn", bucket.arn());
    }

    private static List<String> tooMuch(Statement statement, boolean ofS3) {
        var wrong = new ArrayList<String>();
        boolean onlyS3 = !statement.principals().negated()
                && statement.principals().values().stream()
                        .allMatch(one -> isService(one, S3) || isService(one, BATCH));
        if (!onlyS3) {
            wrong.add(statement.label() + ": Allow " + statement.principals() + " lets more than S3 assume the role");
        }
        if (ofS3 && !ServiceGrants.isGuarded(statement)) {
            wrong.add(statement.label() + ": neither aws:SourceAccount nor aws:SourceArn is demanded");
        }
        return wrong;
    }

    private static boolean isService(Principal principal, String name) {
        return principal.type() == Principal.Type.SERVICE && principal.value().equals(name);
    }

    private static Finding actions(Evidence evidence, Replication.Destination one) {
        return switch (evidence.rolePolicy()) {
            case Collected.Known<Policy>(var policy) -> actions(evidence, one, policy);
            case Collected.NotConfigured<Policy> _ ->
                new Finding.Bad(one.label() + ": the role has no policy and may do nothing");
            case Collected.NotCollected<Policy> _, Collected.Unavailable<Policy> _ ->
                new Finding.Unclear(evidence.rolePolicy().uncertainty("the role's policy"));
        };
    }

    private static Finding actions(Evidence evidence, Replication.Destination one, Policy policy) {
        var missing = new ArrayList<String>();
        var unclear = new ArrayList<String>();
        for (RoleNeeds.Need need : RoleNeeds.of(evidence, one)) {
            switch (RolePermission.of(policy, need)) {
                case TRUE -> {}
                case FALSE -> (need.certain() ? missing : unclear).add(need.toString());
                case UNKNOWN -> unclear.add(need.toString());
            }
        }
        if (!missing.isEmpty()) {
            return new Finding.Bad(one.label() + ": the role may not " + String.join(", ", missing));
        }
        return unclear.isEmpty()
                ? new Finding.Fine(one.label() + ": the role may do all that is needed")
                : new Finding.Unclear(
                        one.label() + ": it is not certain that the role may " + String.join(", ", unclear));
    }

    private static Verdict overBroad(Evidence evidence) {
        return whereReplicated(
                evidence,
                () -> Judging.known(
                        evidence.rolePolicy(),
                        "the role's policy",
                        Verdict.notApplicable("the role has no policy"),
                        policy -> Judging.absent(
                                policy,
                                policy.allows()
                                        .flatMap(statement -> broad(evidence, statement))
                                        .toList(),
                                "the role may do more than replication needs")));
    }

    private static Stream<String> broad(Evidence evidence, Statement statement) {
        var lines = new ArrayList<String>();
        if (statement.actions().negated() || statement.resources().negated()) {
            lines.add(statement.label() + ": NotAction or NotResource allows all but what it names");
            return lines.stream();
        }
        statement.actions().patterns().stream()
                .filter(RoleControls::isBroad)
                .forEach(action -> lines.add(statement.label() + ": Action " + action));
        statement.resources().patterns().stream()
                .filter(resource -> resource.equals("*") || resource.startsWith("arn:aws:s3:::*"))
                .forEach(resource -> lines.add(statement.label() + ": Resource " + resource));
        BucketResource source = evidence.theBucket().resource();
        if (source != null
                && (source.mayNameBucket(statement.resources()) || source.mayNameObjects(statement.resources()))) {
            S3Actions.firstOf(statement.actions(), S3Actions.Access.WRITE)
                    .ifPresent(action -> lines.add(statement.label() + ": " + action + " on the source"));
        }
        return lines.stream();
    }

    /** A wildcard that describes more than what replication needs, or anything of another service than S3 and KMS. */
    private static boolean isBroad(String action) {
        String lower = action.toLowerCase(Locale.ROOT);
        var glob = new Glob(lower);
        if (!lower.startsWith("s3:") && !lower.startsWith("kms:")) {
            return true;
        }
        if (glob.isLiteral()) {
            return false;
        }
        return lower.startsWith("kms:")
                || Stream.concat(S3Actions.known(S3Actions.Access.READ), S3Actions.known(S3Actions.Access.WRITE))
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .anyMatch(name -> glob.matches(name) && !HARMLESS.contains(name));
    }
}

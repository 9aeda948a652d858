package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Severity.CRITICAL;
import static io.tidelock.compliance.control.Severity.HIGH;
import static io.tidelock.compliance.control.Severity.LOW;
import static io.tidelock.compliance.control.Severity.MEDIUM;

import io.tidelock.compliance.policy.Lockout;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.Principal;
import io.tidelock.compliance.policy.Publicness;
import io.tidelock.compliance.policy.Selection;
import io.tidelock.compliance.policy.StaleGrants;
import io.tidelock.compliance.policy.Statement;
import io.tidelock.compliance.policy.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a bucket policy says by itself. */
final class PolicyControls {
    private static final String SHOW = "aws s3api get-bucket-policy --bucket BUCKET --query Policy --output text";
    private static final String PUT = "aws s3api put-bucket-policy --bucket BUCKET --policy file://policy.json";
    private static final int VARIABLES_MAX = 5;

    private PolicyControls() {}

    static List<Control> all() {
        return List.of(
                Control.of("policy-public", CRITICAL, "The bucket policy is not public")
                        .because("One Allow that is not pinned to fixed principals, accounts, networks or organizations"
                                + " makes the whole policy public to Block Public Access.")
                        .remedy(
                                "aws s3api put-public-access-block --bucket BUCKET --public-access-block-configuration"
                                        + " RestrictPublicBuckets=true,BlockPublicPolicy=true,IgnorePublicAcls=true,BlockPublicAcls=true")
                        .also("s3_bucket_public_access", "S3.2", "s3-bucket-public-read-prohibited", "2.21")
                        .judge(evidence -> isPublic(evidence, Publicness::isPublic, "use the bucket", _ -> true)),
                Control.of("policy-public-read", CRITICAL, "The bucket policy lets nobody unknown read or list")
                        .because("Whatever the policy lets everybody read is read by search engines and scanners.")
                        .remedy(PUT)
                        .also("s3_bucket_public_access", "S3.2", "s3-bucket-public-read-prohibited", "2.21")
                        .judge(evidence -> isPublic(
                                evidence,
                                Publicness::isPublicRead,
                                "read or list",
                                o -> o.read().isPresent())),
                Control.of("policy-public-write", CRITICAL, "The bucket policy lets nobody unknown write")
                        .because("Whoever may write may plant, overwrite and delete, and the owner pays for it.")
                        .remedy(PUT)
                        .also(
                                "s3_bucket_policy_public_write_access",
                                "S3.3",
                                "s3-bucket-public-write-prohibited",
                                "2.21")
                        .judge(evidence -> isPublic(
                                evidence,
                                Publicness::isPublicWrite,
                                "write",
                                o -> o.write().isPresent())),
                Control.of("policy-wildcard-principal", MEDIUM, "No Allow is to everyone")
                        .because("An Allow to everyone rests on its conditions alone; one edit opens it.")
                        .remedy(PUT)
                        .also("", "", "s3-bucket-policy-grantee-check", "")
                        .judge(evidence -> none(
                                evidence,
                                "an Allow names everyone",
                                statement ->
                                        statement.principals().values().stream().anyMatch(PolicyControls::isWildcard))),
                Control.of("policy-wildcard-action", MEDIUM, "No Allow is of every action")
                        .because("s3:* includes changing the policy, the ACLs and the encryption of the bucket.")
                        .remedy(PUT)
                        .also("", "", "s3-bucket-policy-not-more-permissive", "")
                        .judge(evidence -> none(
                                evidence,
                                "an Allow is of every action",
                                statement -> statement.actions().hasEveryS3Action())),
                Control.of("policy-allow-notprincipal", HIGH, "No Allow uses NotPrincipal")
                        .because("Allow with NotPrincipal allows everyone else, signed or not.")
                        .remedy(PUT)
                        .judge(evidence -> none(
                                evidence,
                                "an Allow uses NotPrincipal",
                                statement -> statement.principals().negated())),
                Control.of("policy-allow-notaction", MEDIUM, "No Allow uses NotAction")
                        .because("Allow with NotAction allows every action of today and tomorrow but the named.")
                        .remedy(PUT)
                        .judge(evidence -> none(
                                evidence,
                                "an Allow uses NotAction",
                                statement -> statement.actions().negated())),
                Control.of("policy-lockout", HIGH, "The policy leaves somebody but the root user")
                        .because("An unconditional Deny to everyone can only be taken back by the account's root user.")
                        .remedy("aws s3api delete-bucket-policy --bucket BUCKET")
                        .judge(PolicyControls::lockout),
                Control.of("policy-variables", LOW, "No value holds more than five policy variables")
                        .because("AWS Config cannot judge such a policy and reports it as non-compliant.")
                        .remedy(SHOW)
                        .also("", "", "s3-bucket-policy-grantee-check", "")
                        .judge(PolicyControls::variables),
                Control.of("policy-look-alikes", MEDIUM, "No name holds invisible or look-alike characters")
                        .because("What a reviewer reads is then not what the store compares.")
                        .remedy(SHOW)
                        .judge(evidence -> lines(
                                evidence,
                                "a name holds strange characters",
                                policy -> policy.notes().stream()
                                        .filter(note -> note.contains("look-alike"))
                                        .toList())),
                Control.of("deleted-principals", LOW, "No statement names a deleted principal")
                        .because("Its unique id grants nothing, and hides what the statement once was for.")
                        .remedy(PUT)
                        .judge(evidence -> lines(
                                evidence, "a statement names a deleted principal", StaleGrants::deletedPrincipals)),
                Control.of("expired-grants", LOW, "No Allow ended at a date that has passed")
                        .because("It grants nothing, and still makes the policy public to Block Public Access.")
                        .remedy(PUT)
                        .judge(evidence -> lines(
                                evidence,
                                "an Allow ended at a date that has passed",
                                policy -> StaleGrants.expired(policy, evidence.at()))));
    }

    private static boolean isWildcard(Principal principal) {
        return principal.value().contains("*") || principal.value().contains("?");
    }

    private static Verdict isPublic(
            Evidence evidence,
            Function<Publicness, Truth> question,
            String may,
            Predicate<Publicness.Opening> relevant) {
        return Judging.policy(evidence, Verdict.compliant("there is no bucket policy"), policy -> {
            var publicness = Publicness.of(policy);
            return switch (question.apply(publicness)) {
                case FALSE -> new Verdict.Compliant("no unpinned Allow lets anybody " + may, publicness.closed());
                case UNKNOWN -> new Verdict.Unknown("a part of the policy could not be understood", policy.defects());
                case TRUE -> {
                    var lines = new ArrayList<String>();
                    publicness.openings().stream().filter(relevant).forEach(opening -> lines.addAll(opening.because()));
                    StaleGrants.expired(policy, evidence.at())
                            .forEach(line -> lines.add(line + ", and the statement still counts as public"));
                    yield Verdict.violation("an unpinned Allow lets anybody " + may, lines);
                }
            };
        });
    }

    /** A violation names every Allow that {@code wanted} accepts. */
    private static Verdict none(Evidence evidence, String what, Predicate<Statement> wanted) {
        return lines(
                evidence,
                what,
                policy -> policy.allows()
                        .filter(wanted)
                        .map(statement -> statement.label() + ": Allow " + statement.principals()
                                + (statement.actions().negated() ? " NotAction " : " Action ") + statement.actions()
                                + (statement.conditions().isEmpty() ? "" : " when " + statement.conditions()))
                        .toList());
    }

    private static Verdict lines(Evidence evidence, String what, Function<Policy, List<String>> finder) {
        return Judging.policy(
                evidence,
                Verdict.compliant("there is no bucket policy"),
                policy -> Judging.absent(policy, finder.apply(policy), what));
    }

    private static Verdict lockout(Evidence evidence) {
        var bucket = evidence.theBucket().resource();
        return Judging.policy(
                evidence,
                Verdict.compliant("there is no bucket policy"),
                policy -> bucket == null
                        ? Verdict.unknown("the snapshot does not name the bucket")
                        : Judging.absent(
                                policy, Lockout.in(policy, bucket), "an unconditional Deny locks everyone out"));
    }

    private static Verdict variables(Evidence evidence) {
        return lines(
                evidence,
                "a value holds more than five policy variables",
                policy -> policy.statements().stream()
                        .flatMap(statement -> Stream.of(
                                        texts(statement.actions()),
                                        texts(statement.resources()),
                                        statement.principals().values().stream().map(Principal::value),
                                        statement.conditions().stream().flatMap(c -> c.values().stream()))
                                .flatMap(values -> values)
                                .filter(value -> value.split("\\$\\{", -1).length - 1 > VARIABLES_MAX)
                                .map(value -> statement.label() + ": " + value))
                        .toList());
    }

    private static Stream<String> texts(Selection selection) {
        return selection.patterns().stream();
    }
}

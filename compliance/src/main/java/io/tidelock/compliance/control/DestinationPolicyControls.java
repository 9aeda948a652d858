package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Severity.HIGH;
import static io.tidelock.compliance.control.Severity.MEDIUM;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidelock.compliance.access.AccessRequest;
import io.tidelock.compliance.access.BucketAccess;
import io.tidelock.compliance.access.BucketSituation;
import io.tidelock.compliance.access.Caller;
import io.tidelock.compliance.access.Decision;
import io.tidelock.compliance.access.EffectiveBlock;
import io.tidelock.compliance.access.Ownership;
import io.tidelock.compliance.control.Replication.Destination;
import io.tidelock.compliance.control.Replication.Finding;
import io.tidelock.compliance.control.Replication.Owner;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Arn;
import io.tidelock.compliance.policy.BucketResource;
import io.tidelock.compliance.policy.Condition;
import io.tidelock.compliance.policy.Fixed;
import io.tidelock.compliance.policy.Home;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.PolicyKind;
import io.tidelock.compliance.policy.PolicyReader;
import io.tidelock.compliance.policy.Principal;
import io.tidelock.compliance.policy.RequestContext;
import io.tidelock.compliance.policy.Statement;
import io.tidelock.compliance.policy.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a destination in another account lets the replication role do (R21, R22). */
final class DestinationPolicyControls {
    private static final String PUT =
            "aws s3api put-bucket-policy --bucket DESTINATION --policy file://destination-policy.json";
    private static final List<String> REPLICATION =
            List.of("s3:ReplicateObject", "s3:ReplicateDelete", "s3:ObjectOwnerOverrideToBucketOwner");
    private static final String OVERRIDE = "s3:ObjectOwnerOverrideToBucketOwner";
    private static final String NOT_FOREIGN = ": the rule's destination is in no other account";

    private DestinationPolicyControls() {}

    static List<Control> all() {
        Control actions = Control.of(
                        "replication-destination-policy-actions",
                        HIGH,
                        "A destination elsewhere lets the role replicate")
                .because("Across accounts the role's own policy is not enough; the destination must allow it too.")
                .remedy(PUT)
                .judge(evidence -> Replication.each(evidence, one -> actions(evidence, one)));
        Control narrow = Control.of(
                        "replication-destination-policy-principal-narrow",
                        MEDIUM,
                        "A destination lets the role replicate and nobody else")
                .because("Given to the whole account, whoever administers the source may write to the destination; with"
                        + " PutBucketVersioning they may stop its versions.")
                .remedy(PUT)
                .judge(evidence -> Replication.each(evidence, DestinationPolicyControls::narrow));
        return List.of(
                actions,
                actions.alias("r21-destination-policy-missing"),
                narrow,
                narrow.alias("r22-destination-policy-broad"),
                Control.of("replication-owner-override-allowed", HIGH, "The owner of replicas can be changed")
                        .because(
                                "The override needs its own permission on both sides, unless the destination owns every"
                                        + " object anyway.")
                        .remedy(PUT)
                        .judge(evidence -> Replication.each(evidence, one -> override(evidence, one))));
    }

    private static Finding actions(Evidence evidence, Destination one) {
        if (one.owner() != Owner.OTHER) {
            return new Finding.Aside(one.label() + NOT_FOREIGN);
        }
        return Replication.collected(one, bucket -> {
            boolean enforced = Ownership.enforced(bucket.ownership()) == Truth.TRUE;
            Finding all = allowed(evidence, one, bucket, RoleNeeds.atDestination(one, enforced));
            if (all instanceof Finding.Bad && bucket.ownership() instanceof Collected.Unavailable) {
                Finding least = allowed(evidence, one, bucket, RoleNeeds.atDestination(one, true));
                return least instanceof Finding.Bad
                        ? least
                        : new Finding.Unclear(
                                one.label() + ": " + bucket.ownership().uncertainty("the destination's ownership")
                                        + ", so it is not known whether the override must be allowed");
            }
            return all;
        });
    }

    private static Finding allowed(Evidence evidence, Destination one, BucketEvidence bucket, List<String> actions) {
        String role = evidence.roleArn();
        if (role == null || Arn.parse(role).isEmpty()) {
            return new Finding.Unclear(one.label() + ": the replication role is not known");
        }
        var missing = new ArrayList<String>();
        var unclear = new ArrayList<String>();
        for (String action : actions) {
            switch (decide(one, bucket, role, action)) {
                case Decision.Allowed _ -> {}
                case Decision.Denied denied -> missing.add(action + " (" + denied.why() + ")");
                case Decision.Conditional conditional -> unclear.add(action + " " + conditional.by());
            }
        }
        if (!missing.isEmpty()) {
            return new Finding.Bad(
                    one.label() + ": the destination does not let " + role + " " + String.join(", ", missing));
        }
        return unclear.isEmpty()
                ? new Finding.Fine(one.label() + ": the destination lets the role replicate")
                : new Finding.Unclear(
                        one.label() + ": it is not certain that the role may " + String.join(", ", unclear));
    }

    /** The destination's side alone: the role's own policy is another control's question. */
    private static Decision decide(Destination one, BucketEvidence bucket, String role, String action) {
        var resource = new BucketResource(one.name() == null ? "" : one.name());
        String account = one.account() == null ? "the destination's" : one.account();
        var situation = new BucketSituation(
                resource,
                new Home(account, bucket.ownerId()),
                bucket.policy(),
                new Collected.NotConfigured<>(),
                bucket.ownership(),
                new EffectiveBlock(new Collected.NotConfigured<>(), new Collected.NotConfigured<>(), bucket.block()),
                new Collected.NotConfigured<>(),
                null);
        var caller = Caller.identity(role);
        return new BucketAccess(situation)
                .decide(new AccessRequest(
                        caller,
                        action,
                        resource.arn() + "/" + one.rule().prefix() + "key",
                        RequestContext.UNKNOWN
                                .with("aws:SecureTransport", "true")
                                .with("aws:PrincipalArn", role),
                        mayEverything()));
    }

    private static Collected<Policy> mayEverything() {
        var statement = JsonNodeFactory.instance.objectNode();
        statement.put("Effect", "Allow").put("Action", "*").put("Resource", "*");
        var policy = JsonNodeFactory.instance.objectNode();
        policy.put("Version", "2012-10-17").set("Statement", statement);
        return PolicyReader.read(policy, PolicyKind.IDENTITY);
    }

    private static Finding narrow(Destination one) {
        if (one.owner() == Owner.SAME) {
            return new Finding.Aside(one.label() + NOT_FOREIGN);
        }
        return Replication.collected(
                one,
                bucket -> Replication.known(
                        one,
                        bucket.policy(),
                        "policy",
                        new Finding.Aside(one.label() + ": the destination has no policy"),
                        policy -> narrow(one, policy)));
    }

    private static Finding narrow(Destination one, Policy policy) {
        var broad = new ArrayList<String>();
        boolean any = false;
        for (Statement statement : policy.allows().toList()) {
            Optional<String> action =
                    REPLICATION.stream().filter(statement.actions()::hasAction).findFirst();
            boolean versioning = statement.actions().hasAction("s3:PutBucketVersioning") && toOthers(statement, one);
            if (action.isPresent() && tooWide(statement, one)) {
                broad.add(statement.label() + ": " + statement.principals() + " may " + action.get());
            }
            if (versioning) {
                broad.add(statement.label() + ": " + statement.principals() + " may s3:PutBucketVersioning");
            }
            any |= action.isPresent();
        }
        if (!broad.isEmpty()) {
            return new Finding.Bad(one.label() + ": " + String.join("; ", broad));
        }
        if (!policy.defects().isEmpty()) {
            return new Finding.Unclear(one.label() + ": a part of the policy could not be understood");
        }
        return any
                ? new Finding.Fine(one.label() + ": the destination's policy names who may replicate")
                : new Finding.Aside(one.label() + ": the destination's policy lets nobody replicate");
    }

    /** A whole account or everyone, unless the statement holds for one principal's ARN only. */
    private static boolean tooWide(Statement statement, Destination one) {
        boolean wide = statement.principals().negated()
                || statement.principals().values().stream().anyMatch(principal -> isWide(principal, one));
        return wide && statement.conditions().stream().noneMatch(DestinationPolicyControls::namesPrincipal);
    }

    private static boolean isWide(Principal principal, Destination one) {
        if (principal.isWholeAccount()) {
            return principal
                    .account()
                    .filter(account -> !account.equals(one.account()))
                    .isPresent();
        }
        return principal.type() != Principal.Type.SERVICE && !principal.isFixed();
    }

    private static boolean namesPrincipal(Condition condition) {
        return condition.isOn("aws:PrincipalArn")
                && condition.operator().canPin()
                && !condition.values().isEmpty()
                && condition.values().stream().allMatch(Fixed::isFixed);
    }

    private static boolean toOthers(Statement statement, Destination one) {
        return statement.principals().negated()
                || statement.principals().values().stream()
                        .anyMatch(principal -> principal.type() != Principal.Type.SERVICE
                                && principal
                                        .account()
                                        .filter(account -> account.equals(one.account()))
                                        .isEmpty());
    }

    private static Finding override(Evidence evidence, Destination one) {
        if (!one.rule().ownerOverride()) {
            return new Finding.Aside(one.label() + ": the rule does not change the owner");
        }
        return Replication.collected(one, bucket -> {
            if (Ownership.enforced(bucket.ownership()) == Truth.TRUE) {
                return new Finding.Fine(one.label() + ": the destination owns every object anyway");
            }
            Finding byRole = overrideByRole(evidence, one);
            Finding byDestination = one.owner() == Owner.SAME
                    ? new Finding.Fine(one.label() + ": both are in one account")
                    : allowed(evidence, one, bucket, List.of(OVERRIDE));
            if (byRole instanceof Finding.Bad || byDestination instanceof Finding.Bad) {
                return bucket.ownership() instanceof Collected.Unavailable<Ownership>
                        ? new Finding.Unclear(
                                one.label() + ": the override is not allowed, and the destination's ownership"
                                        + " could not be read")
                        : byRole instanceof Finding.Bad ? byRole : byDestination;
            }
            return byRole instanceof Finding.Unclear ? byRole : byDestination;
        });
    }

    private static Finding overrideByRole(Evidence evidence, Destination one) {
        return switch (evidence.rolePolicy()) {
            case Collected.NotConfigured<Policy> _ -> new Finding.Bad(one.label() + ": the role has no policy");
            case Collected.NotCollected<Policy> _, Collected.Unavailable<Policy> _ ->
                new Finding.Unclear(one.label() + ": " + evidence.rolePolicy().uncertainty("the role's policy"));
            case Collected.Known<Policy>(var policy) -> {
                Truth may = Truth.all(RoleNeeds.of(evidence, one).stream()
                        .filter(need -> need.action().equals(OVERRIDE))
                        .map(need -> RolePermission.of(policy, need)));
                yield switch (may) {
                    case TRUE -> new Finding.Fine(one.label() + ": role and destination allow the override");
                    case FALSE -> new Finding.Bad(one.label() + ": the role may not " + OVERRIDE);
                    case UNKNOWN ->
                        new Finding.Unclear(
                                one.label() + ": it depends on conditions whether the role may " + OVERRIDE);
                };
            }
        };
    }
}

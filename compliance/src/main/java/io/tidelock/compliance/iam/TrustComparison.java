package io.tidelock.compliance.iam;

import io.tidelock.compliance.policy.ConditionEvaluation;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.Principal;
import io.tidelock.compliance.policy.RequestContext;
import io.tidelock.compliance.policy.Statement;
import io.tidelock.compliance.policy.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A role's trust policy as it is, beside who is to assume it.
 *
 * @param trusted whether who is to assume the role may
 * @param excess who else may, and what does not narrow it
 */
public record TrustComparison(Truth trusted, List<Excess> excess) {
    private static final String ASSUME = "sts:AssumeRole";

    public TrustComparison {
        excess = List.copyOf(excess);
    }

    /**
     * Compares; what the assumer's own account allows it is not looked at.
     *
     * @param assumers the ARNs of all that are to assume the role, this one among them
     */
    public static TrustComparison of(Policy policy, Trust.OfPrincipal trust, Set<String> assumers) {
        var context = trust.externalId() == null
                ? RequestContext.UNKNOWN.without("sts:ExternalId")
                : RequestContext.UNKNOWN.with("sts:ExternalId", trust.externalId());
        context = context.with("aws:PrincipalArn", trust.assumer());
        var allowed = policy.defects().isEmpty() ? Truth.FALSE : Truth.UNKNOWN;
        var denied = Truth.FALSE;
        var excess = new ArrayList<Excess>();
        for (var statement : policy.statements()) {
            if (!statement.actions().hasAction(ASSUME)) {
                continue;
            }
            var speaks = names(statement, trust.assumer())
                    .and(ConditionEvaluation.evaluate(statement, context, policy.variables()));
            if (statement.isDeny()) {
                denied = denied.or(speaks);
            } else {
                allowed = allowed.or(speaks);
                excess(statement, trust, assumers, excess);
            }
        }
        return new TrustComparison(allowed.and(denied.not()), excess);
    }

    private static Truth names(Statement statement, String arn) {
        var named = statement.principals().values().stream()
                .anyMatch(principal ->
                        principal.isEveryone() || principal.value().equals(arn) || isAccountOf(principal, arn));
        return Truth.of(named != statement.principals().negated());
    }

    private static boolean isAccountOf(Principal principal, String arn) {
        return principal.isWholeAccount()
                && principal.account().filter(Trust.accountOf(arn)::equals).isPresent();
    }

    private static void excess(Statement statement, Trust.OfPrincipal trust, Set<String> assumers, List<Excess> found) {
        if (statement.principals().negated()) {
            found.add(new Excess(statement.label(), "trusts everybody but some (" + statement.principals() + ")"));
            return;
        }
        for (var principal : statement.principals().values()) {
            if (!assumers.contains(principal.value())) {
                found.add(new Excess(
                        statement.label(),
                        "trusts " + principal.value() + ", not only " + String.join(", ", new TreeSet<>(assumers))));
            }
        }
        if (trust.externalId() != null
                && names(statement, trust.assumer()) != Truth.FALSE
                && statement.conditions().stream().noneMatch(condition -> condition.isOn("sts:ExternalId"))) {
            found.add(new Excess(statement.label(), "does not ask for the external id"));
        }
    }
}

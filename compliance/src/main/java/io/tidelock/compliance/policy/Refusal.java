package io.tidelock.compliance.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a bucket policy refuses a kind of request to everybody, on every object, whatever else the request says.
 *
 * @param refused TRUE when a Deny refuses it for certain, UNKNOWN when a part that could not be understood may
 * @param because the statements that refuse, or what those that come near lack
 */
public record Refusal(Truth refused, List<String> because) {
    public Refusal {
        because = List.copyOf(because);
    }

    /** Judges {@code action} on all objects of {@code bucket} for requests of which {@code context} is known. */
    public static Refusal of(Policy policy, BucketResource bucket, String action, RequestContext context) {
        var refusing = new ArrayList<String>();
        var near = new ArrayList<String>();
        policy.denies()
                .filter(statement -> statement.actions().hasAction(action))
                .forEach(statement -> {
                    Truth holds = ConditionEvaluation.evaluate(statement, context, policy.variables());
                    if (holds == Truth.FALSE) {
                        return;
                    }
                    String lack = lack(statement, bucket, context, holds);
                    if (lack.isEmpty()) {
                        refusing.add(statement.label() + ": Deny " + action + " when " + statement.conditions());
                    } else {
                        near.add(statement.label() + " does not count: " + lack);
                    }
                });
        if (!refusing.isEmpty()) {
            return new Refusal(Truth.TRUE, refusing);
        }
        near.addAll(policy.defects());
        return new Refusal(policy.defects().isEmpty() ? Truth.FALSE : Truth.UNKNOWN, near);
    }

    private static String lack(Statement statement, BucketResource bucket, RequestContext context, Truth holds) {
        if (!statement.principals().isEveryone()) {
            return statement.principals() + " is not everyone";
        }
        if (!bucket.coversObjects(statement.resources())) {
            return statement.resources() + " does not cover " + bucket.objectsArn();
        }
        if (!statement.unknownElements().isEmpty()) {
            return "it has elements that nobody knows";
        }
        if (reliesOnAbsence(statement, context)) {
            return "IfExists is taken to spare a request without the key (own judgement; the operator's documentation"
                    + " reads otherwise for a Deny): " + statement.conditions();
        }
        if (holds != Truth.TRUE) {
            return "it does not hold for every such request: " + statement.conditions();
        }
        return "";
    }

    /** Rule E4: a negated {@code IfExists} is not relied on where it holds only because the key is missing. */
    private static boolean reliesOnAbsence(Statement statement, RequestContext context) {
        return statement.conditions().stream()
                .anyMatch(condition -> condition.operator().negated()
                        && condition.operator().ifExists()
                        && context.get(condition.key()) instanceof RequestContext.Value.Absent);
    }
}

package io.tidelock.compliance.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Allows to AWS services, and which of them another customer could make the service use (rule X3: a confused deputy).
 *
 * @param guarded Allows that say for whose resource the service must act
 * @param unguarded Allows that do not
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html">the confused deputy problem</a>
 */
public record ServiceGrants(List<String> guarded, List<String> unguarded) {
    private static final Set<String> GUARDS =
            Set.of("aws:sourceaccount", "aws:sourcearn", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths");

    public ServiceGrants {
        guarded = List.copyOf(guarded);
        unguarded = List.copyOf(unguarded);
    }

    /** Finds the Allows to services. */
    public static ServiceGrants of(Policy policy) {
        var guarded = new ArrayList<String>();
        var unguarded = new ArrayList<String>();
        policy.allows()
                .forEach(statement -> statement.principals().values().stream()
                        .filter(principal -> principal.type() == Principal.Type.SERVICE)
                        .filter(_ -> !statement.principals().negated())
                        .findFirst()
                        .ifPresent(principal -> {
                            String line = statement.label() + ": Allow " + principal + " " + statement.actions()
                                    + (statement.conditions().isEmpty() ? "" : " when " + statement.conditions());
                            (isGuarded(statement) ? guarded : unguarded).add(line);
                        }));
        return new ServiceGrants(guarded, unguarded);
    }

    /** Whether a condition proves the resource or account on whose behalf the service acts. */
    public static boolean isGuarded(Statement statement) {
        return statement.conditionReadable()
                && statement.conditions().stream()
                        .anyMatch(condition -> GUARDS.contains(condition.keyLower())
                                && condition.operator().canPin()
                                && !condition.values().isEmpty()
                                && condition.values().stream().allMatch(ServiceGrants::guards));
    }

    /** A wildcard is fine where the account, or a bucket's name, is still said. */
    private static boolean guards(String value) {
        if (value.contains("${")) {
            return false;
        }
        return Arn.parse(value)
                .map(arn -> arn.accountId().isPresent()
                        || (arn.account().isEmpty() && !arn.resource().startsWith("*")))
                .orElseGet(() -> Fixed.isFixed(value) || (value.startsWith("o-") && value.indexOf('/') > 0));
    }
}

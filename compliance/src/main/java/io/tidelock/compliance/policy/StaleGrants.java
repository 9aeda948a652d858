package io.tidelock.compliance.policy;

import java.time.Instant;
import java.util.List;

/** Allows that nobody can use any more, and that still stand (rules P11, P13). */
public final class StaleGrants {
    private StaleGrants() {}

    /** Allows under a date that has passed at {@code now}. The date keeps no policy from being public. */
    public static List<String> expired(Policy policy, Instant now) {
        return policy.allows()
                .flatMap(statement -> statement.conditions().stream()
                        .filter(condition -> hasPassed(condition, now))
                        .map(condition -> statement.label() + ": " + condition + " has passed"))
                .toList();
    }

    private static boolean hasPassed(Condition condition, Instant now) {
        if (!condition.isOn("aws:CurrentTime") && !condition.isOn("aws:EpochTime")) {
            return false;
        }
        var comparison = condition.operator().comparison();
        if (comparison == null
                || condition.operator().negated()
                || condition.values().isEmpty()) {
            return false;
        }
        return switch (comparison) {
            case DATE_EQUALS,
                    DATE_LESS_THAN,
                    DATE_LESS_THAN_EQUALS,
                    NUMERIC_EQUALS,
                    NUMERIC_LESS_THAN,
                    NUMERIC_LESS_THAN_EQUALS ->
                condition.values().stream()
                        .map(Comparisons::instant)
                        .allMatch(until -> until.filter(now::isAfter).isPresent());
            case STRING_EQUALS,
                    STRING_EQUALS_IGNORE_CASE,
                    STRING_LIKE,
                    NUMERIC_GREATER_THAN,
                    NUMERIC_GREATER_THAN_EQUALS,
                    DATE_GREATER_THAN,
                    DATE_GREATER_THAN_EQUALS,
                    BOOL,
                    BINARY_EQUALS,
                    IP_ADDRESS,
                    ARN_EQUALS,
                    ARN_LIKE,
                    NULL -> false;
        };
    }

    /** Principals of Allows and Denies that were deleted: their unique id stands in their place. */
    public static List<String> deletedPrincipals(Policy policy) {
        return policy.statements().stream()
                .flatMap(statement -> statement.principals().values().stream()
                        .filter(Principal::isDeleted)
                        .map(principal -> statement.label() + ": " + principal))
                .toList();
    }
}

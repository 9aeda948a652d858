package io.tidelock.compliance.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition operator in its parts.
 *
 * @param text as written
 * @param qualifier the part before the colon
 * @param comparison what is compared; null for an operator that nobody knows
 * @param negated whether it is the {@code Not…} form
 * @param ifExists whether it ends in {@code IfExists}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">condition operators</a>
 */
public record ConditionOperator(
        String text, Qualifier qualifier, @Nullable Comparison comparison, boolean negated, boolean ifExists) {
    /** How several values of the request are treated. */
    public enum Qualifier {
        NONE,
        FOR_ALL_VALUES,
        FOR_ANY_VALUE
    }

    /** What an operator compares, negation aside. */
    public enum Comparison {
        STRING_EQUALS,
        STRING_EQUALS_IGNORE_CASE,
        STRING_LIKE,
        NUMERIC_EQUALS,
        NUMERIC_LESS_THAN,
        NUMERIC_LESS_THAN_EQUALS,
        NUMERIC_GREATER_THAN,
        NUMERIC_GREATER_THAN_EQUALS,
        DATE_EQUALS,
        DATE_LESS_THAN,
        DATE_LESS_THAN_EQUALS,
        DATE_GREATER_THAN,
        DATE_GREATER_THAN_EQUALS,
        BOOL,
        BINARY_EQUALS,
        IP_ADDRESS,
        ARN_EQUALS,
        ARN_LIKE,
        NULL
    }

    private record Base(Comparison comparison, boolean negated) {}

    private static final Map<String, Base> BASES = Map.ofEntries(
            Map.entry("StringEquals", new Base(Comparison.STRING_EQUALS, false)),
            Map.entry("StringNotEquals", new Base(Comparison.STRING_EQUALS, true)),
            Map.entry("StringEqualsIgnoreCase", new Base(Comparison.STRING_EQUALS_IGNORE_CASE, false)),
            Map.entry("StringNotEqualsIgnoreCase", new Base(Comparison.STRING_EQUALS_IGNORE_CASE, true)),
            Map.entry("StringLike", new Base(Comparison.STRING_LIKE, false)),
            Map.entry("StringNotLike", new Base(Comparison.STRING_LIKE, true)),
            Map.entry("NumericEquals", new Base(Comparison.NUMERIC_EQUALS, false)),
            Map.entry("NumericNotEquals", new Base(Comparison.NUMERIC_EQUALS, true)),
            Map.entry("NumericLessThan", new Base(Comparison.NUMERIC_LESS_THAN, false)),
            Map.entry("NumericLessThanEquals", new Base(Comparison.NUMERIC_LESS_THAN_EQUALS, false)),
            Map.entry("NumericGreaterThan", new Base(Comparison.NUMERIC_GREATER_THAN, false)),
            Map.entry("NumericGreaterThanEquals", new Base(Comparison.NUMERIC_GREATER_THAN_EQUALS, false)),
            Map.entry("DateEquals", new Base(Comparison.DATE_EQUALS, false)),
            Map.entry("DateNotEquals", new Base(Comparison.DATE_EQUALS, true)),
            Map.entry("DateLessThan", new Base(Comparison.DATE_LESS_THAN, false)),
            Map.entry("DateLessThanEquals", new Base(Comparison.DATE_LESS_THAN_EQUALS, false)),
            Map.entry("DateGreaterThan", new Base(Comparison.DATE_GREATER_THAN, false)),
            Map.entry("DateGreaterThanEquals", new Base(Comparison.DATE_GREATER_THAN_EQUALS, false)),
            Map.entry("Bool", new Base(Comparison.BOOL, false)),
            Map.entry("BinaryEquals", new Base(Comparison.BINARY_EQUALS, false)),
            Map.entry("IpAddress", new Base(Comparison.IP_ADDRESS, false)),
            Map.entry("NotIpAddress", new Base(Comparison.IP_ADDRESS, true)),
            Map.entry("ArnEquals", new Base(Comparison.ARN_EQUALS, false)),
            Map.entry("ArnNotEquals", new Base(Comparison.ARN_EQUALS, true)),
            Map.entry("ArnLike", new Base(Comparison.ARN_LIKE, false)),
            Map.entry("ArnNotLike", new Base(Comparison.ARN_LIKE, true)),
            Map.entry("Null", new Base(Comparison.NULL, false)));

    /** Reads an operator; one that nobody knows keeps its text and has no comparison. */
    public static ConditionOperator parse(String text) {
        var qualifier = Qualifier.NONE;
        String rest = text;
        if (text.startsWith("ForAllValues:")) {
            qualifier = Qualifier.FOR_ALL_VALUES;
            rest = text.substring("ForAllValues:".length());
        } else if (text.startsWith("ForAnyValue:")) {
            qualifier = Qualifier.FOR_ANY_VALUE;
            rest = text.substring("ForAnyValue:".length());
        }
        boolean ifExists = rest.endsWith("IfExists");
        String name = ifExists ? rest.substring(0, rest.length() - "IfExists".length()) : rest;
        Base base = BASES.get(name);
        if (base == null || (ifExists && base.comparison() == Comparison.NULL)) {
            return new ConditionOperator(text, qualifier, null, false, ifExists);
        }
        return new ConditionOperator(text, qualifier, base.comparison(), base.negated(), ifExists);
    }

    /** Whether this is exactly {@code wanted}: not negated, no qualifier, no {@code IfExists}. */
    public boolean isPlain(Comparison wanted) {
        return !negated && !ifExists && qualifier == Qualifier.NONE && comparison == wanted;
    }

    /** Rule P8: whether a match of this operator proves that the key was there with one of the values. */
    public boolean canPin() {
        return !negated && !ifExists && qualifier != Qualifier.FOR_ALL_VALUES && comparison != null && pins(comparison);
    }

    private static boolean pins(Comparison comparison) {
        return switch (comparison) {
            case STRING_EQUALS, STRING_EQUALS_IGNORE_CASE, STRING_LIKE, ARN_EQUALS, ARN_LIKE, IP_ADDRESS -> true;
            case NUMERIC_EQUALS,
                    NUMERIC_LESS_THAN,
                    NUMERIC_LESS_THAN_EQUALS,
                    NUMERIC_GREATER_THAN,
                    NUMERIC_GREATER_THAN_EQUALS,
                    DATE_EQUALS,
                    DATE_LESS_THAN,
                    DATE_LESS_THAN_EQUALS,
                    DATE_GREATER_THAN,
                    DATE_GREATER_THAN_EQUALS,
                    BOOL,
                    BINARY_EQUALS,
                    NULL -> false;
        };
    }
}

package io.tidelock.compliance.policy;

import java.util.Optional;

/**
 * An Amazon resource name, or a pattern of one, cut at its first five colons. Any partition is accepted.
 *
 * @param partition {@code aws}, {@code aws-cn}, {@code aws-us-gov} and so on
 * @param resource everything after the fifth colon
 */
public record Arn(String partition, String service, String region, String account, String resource) {
    /** Reads an ARN; empty when it has not the six parts. */
    public static Optional<Arn> parse(String text) {
        String[] parts = text.split(":", 6);
        if (parts.length < 6 || !parts[0].equals("arn")) {
            return Optional.empty();
        }
        return Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]));
    }

    /** The account where it is twelve digits. */
    public Optional<String> accountId() {
        return isAccountId(account) ? Optional.of(account) : Optional.empty();
    }

    /** Whether {@code text} has the form of an account id. */
    public static boolean isAccountId(String text) {
        return text.length() == 12 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /**
     * Whether the ARN {@code text} is described by the ARN pattern {@code pattern}: each of the first five parts by
     * itself, the last as a whole.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">ArnLike</a>
     */
    public static boolean matches(String pattern, String text) {
        return compare(pattern, text, false);
    }

    /** Whether every ARN that {@code other} describes is described by {@code pattern}; never wrongly true. */
    public static boolean covers(String pattern, String other) {
        return compare(pattern, other, true);
    }

    private static boolean compare(String pattern, String text, boolean symbolic) {
        if (pattern.equals("*")) {
            return true;
        }
        String[] left = pattern.split(":", 6);
        String[] right = text.split(":", 6);
        if (left.length < 6 || right.length < 6) {
            // Cut short, a pattern describes an ARN only where its last star takes the rest.
            return (right.length < 6 || pattern.endsWith("*")) && part(pattern, text, symbolic);
        }
        for (int i = 0; i < 6; i++) {
            if (!part(left[i], right[i], symbolic)) {
                return false;
            }
        }
        return true;
    }

    private static boolean part(String pattern, String text, boolean symbolic) {
        return symbolic ? new Glob(pattern).covers(new Glob(text)) : new Glob(pattern).matches(text);
    }

    /** Whether two ARN patterns have an ARN in common. */
    public static boolean overlaps(String one, String other) {
        String[] left = one.split(":", 6);
        String[] right = other.split(":", 6);
        if (left.length < 6 || right.length < 6) {
            return new Glob(one).overlaps(new Glob(other));
        }
        for (int i = 0; i < 6; i++) {
            if (!new Glob(left[i]).overlaps(new Glob(right[i]))) {
                return false;
            }
        }
        return true;
    }
}

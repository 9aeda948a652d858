package io.tidelock.compliance.policy;

import java.util.Optional;

/**
 * One value of a {@code Principal} or {@code NotPrincipal}.
 *
 * @param type the key it stood under
 * @param value as written
 */
public record Principal(Type type, String value) {
    /** The kinds of principal that policies know. */
    public enum Type {
        /** The bare string {@code "*"}. */
        ANYONE,
        AWS,
        CANONICAL_USER,
        SERVICE,
        FEDERATED,
        /** A kind that no documentation names. */
        UNKNOWN
    }

    /** Whether this is everyone, signed or not: {@code "*"} and {@code {"AWS":"*"}} are equal in a resource policy. */
    public boolean isEveryone() {
        return value.equals("*") && (type == Type.ANYONE || type == Type.AWS);
    }

    /** Whether the value names fixed identities (rules P3, P4). */
    public boolean isFixed() {
        return switch (type) {
            case ANYONE, UNKNOWN -> false;
            case AWS, CANONICAL_USER, SERVICE -> Fixed.isFixed(value);
            case FEDERATED -> Fixed.isFixed(value) && value.startsWith("arn:");
        };
    }

    /** The account that the value names, where it names one. */
    public Optional<String> account() {
        if (type == Type.AWS && Arn.isAccountId(value)) {
            return Optional.of(value);
        }
        if (type != Type.AWS && type != Type.FEDERATED) {
            return Optional.empty();
        }
        return Arn.parse(value).flatMap(Arn::accountId);
    }

    /** Whether it is a whole account: its id or its root. */
    public boolean isWholeAccount() {
        return type == Type.AWS
                && (Arn.isAccountId(value)
                        || Arn.parse(value)
                                .filter(arn -> arn.resource().equals("root"))
                                .isPresent());
    }

    /**
     * Whether it is the unique id that stands in for a user or role that was deleted (rule P11).
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">unique identifiers</a>
     */
    public boolean isDeleted() {
        return type == Type.AWS
                && value.length() >= 16
                && (value.startsWith("AROA") || value.startsWith("AIDA"))
                && value.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
    }

    @Override
    public String toString() {
        return switch (type) {
            case ANYONE -> value;
            case AWS -> "AWS=" + value;
            case CANONICAL_USER -> "CanonicalUser=" + value;
            case SERVICE -> "Service=" + value;
            case FEDERATED -> "Federated=" + value;
            case UNKNOWN -> "unknown kind=" + value;
        };
    }
}

package io.tidelock.compliance.policy;

import java.util.List;

/**
 * Whom a statement speaks of.
 *
 * @param present whether the statement has the element at all
 * @param negated whether it is {@code NotPrincipal}
 * @param values every value of every kind, in the order written
 */
public record Principals(boolean present, boolean negated, List<Principal> values) {
    /** No principal element: an identity policy, or a mistake. */
    public static final Principals ABSENT = new Principals(false, false, List.of());

    public Principals {
        values = List.copyOf(values);
    }

    /** Whether the statement binds everyone, signed or not. */
    public boolean isEveryone() {
        return present && !negated && values.stream().anyMatch(Principal::isEveryone);
    }

    /** Rule P4: whether the element names fixed identities only. */
    public boolean isFixed() {
        return present && !negated && !values.isEmpty() && values.stream().allMatch(Principal::isFixed);
    }

    @Override
    public String toString() {
        if (!present) {
            return "no Principal";
        }
        return (negated ? "NotPrincipal " : "Principal ")
                + (values.size() == 1 ? values.getFirst().toString() : values.toString());
    }
}

package io.tidelock.sandbox.policy;

import java.util.List;

/**
 * A policy that was read: what it says to a question. Immutable.
 *
 * <p>Source: "Policy evaluation logic" of the IAM user guide: an explicit Deny wins over any Allow, and silence denies. A
 * condition operator, a condition key or a policy variable that is not known here keeps an Allow from applying and lets a
 * Deny apply.
 */
public record Policy(List<PolicyStatement> statements) {
    /** What a policy says. */
    enum Decision {
        ALLOWED,
        DENIED,
        SILENT
    }

    /** Every caller may do everything: what a role without a policy has in its own account. */
    static final Policy FULL_ACCESS = PolicyReader.identityPolicy("""
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}""");

    static final Policy NO_ACCESS = new Policy(List.of());

    public Policy {
        statements = List.copyOf(statements);
    }

    Decision decide(PolicyQuestion question) {
        var decision = Decision.SILENT;
        for (var statement : statements) {
            if (statement.applies(question)) {
                switch (statement.effect()) {
                    case DENY -> {
                        return Decision.DENIED;
                    }
                    case ALLOW -> decision = Decision.ALLOWED;
                }
            }
        }
        return decision;
    }
}

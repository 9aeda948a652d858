package io.tidelock.sandbox.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One statement of a policy.
 *
 * @param effect what it does where it applies
 * @param principals whom it names; empty in identity policies, whose holder is the principal
 * @param actions what it names, lower case
 * @param resources what it names
 * @param conditions all of which have to hold
 */
record PolicyStatement(
        Effect effect, Optional<Named> principals, Named actions, Named resources, List<PolicyCondition> conditions) {
    /** What a statement does. */
    enum Effect {
        ALLOW,
        DENY
    }

    /**
     * A list of names, or everything but a list of names, as in NotAction.
     *
     * @param names patterns
     * @param inverted whether everything but these is meant
     */
    record Named(List<Wildcard> names, boolean inverted) {
        Named {
            names = List.copyOf(names);
        }

        Truth includes(String name) {
            if (names.stream().anyMatch(Wildcard::holdsVariable)) {
                return Truth.UNKNOWN;
            }
            return Truth.of(inverted != names.stream().anyMatch(pattern -> pattern.matches(name)));
        }

        /** Principals are compared whole: a wildcard stands only for everybody. */
        Truth includesOneOf(Iterable<String> principals) {
            boolean named = names.contains(new Wildcard("*"));
            for (var principal : principals) {
                named |= names.contains(new Wildcard(principal));
            }
            return Truth.of(inverted != named);
        }
    }

    PolicyStatement {
        conditions = List.copyOf(conditions);
    }

    /** Whether it applies. What is unknown keeps an Allow from applying, and not a Deny. */
    boolean applies(PolicyQuestion question) {
        var truth = actions.includes(question.action().toLowerCase(Locale.ROOT))
                .and(resources.includes(question.resource()))
                .and(principals
                        .map(named -> named.includesOneOf(question.principals()))
                        .orElse(Truth.TRUE));
        for (var condition : conditions) {
            truth = truth.and(condition.holds(question));
        }
        return switch (truth) {
            case TRUE -> true;
            case FALSE -> false;
            case UNKNOWN -> effect == Effect.DENY;
        };
    }
}

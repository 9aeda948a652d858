package io.tidelock.compliance.access;

import io.tidelock.compliance.policy.Arn;
import io.tidelock.compliance.policy.ConditionEvaluation;
import io.tidelock.compliance.policy.Fixed;
import io.tidelock.compliance.policy.Principal;
import io.tidelock.compliance.policy.Principals;
import io.tidelock.compliance.policy.RequestContext;
import io.tidelock.compliance.policy.Selection;
import io.tidelock.compliance.policy.Statement;
import io.tidelock.compliance.policy.Substitution;
import io.tidelock.compliance.policy.Truth;

/** Whether one statement speaks of one request. */
final class StatementMatch {
    /** How a principal element names a caller. */
    enum Naming {
        NO,
        /** By its account: the account may pass the right on to it. */
        BY_ACCOUNT,
        /** By itself, or as one of everybody. */
        DIRECTLY,
        /** By a pattern that AWS would not accept. */
        UNCLEAR
    }

    private StatementMatch() {}

    /** Action, resource and conditions; the principal aside. */
    static Truth speaksOf(Statement statement, AccessRequest request, RequestContext context, boolean variables) {
        if (!statement.actions().hasAction(request.action())) {
            return Truth.FALSE;
        }
        Truth unknownElements = statement.unknownElements().isEmpty() ? Truth.TRUE : Truth.UNKNOWN;
        return resource(statement.resources(), request.resource(), context, variables)
                .and(ConditionEvaluation.evaluate(statement, context, variables))
                .and(unknownElements);
    }

    private static Truth resource(Selection resources, String arn, RequestContext context, boolean variables) {
        if (!resources.present()) {
            return Truth.UNKNOWN;
        }
        Truth listed = Truth.any(resources.patterns().stream().map(pattern -> {
            if (!variables || !pattern.contains("${")) {
                return Truth.of(Arn.matches(pattern, arn));
            }
            return Substitution.resolve(pattern, context)
                    .map(resolved -> Truth.of(Arn.matches(resolved, arn)))
                    .orElse(Truth.UNKNOWN);
        }));
        return resources.negated() ? listed.not() : listed;
    }

    static Naming naming(Principals principals, Caller caller) {
        if (!principals.present()) {
            return Naming.UNCLEAR;
        }
        Naming best = Naming.NO;
        for (Principal principal : principals.values()) {
            Naming one = naming(principal, caller);
            best = one.compareTo(best) > 0 && best != Naming.DIRECTLY ? one : best;
        }
        if (!principals.negated()) {
            return best;
        }
        return switch (best) {
            case NO -> Naming.DIRECTLY;
            case UNCLEAR -> Naming.UNCLEAR;
            case BY_ACCOUNT, DIRECTLY -> Naming.NO;
        };
    }

    private static Naming naming(Principal principal, Caller caller) {
        if (principal.isEveryone()) {
            return Naming.DIRECTLY;
        }
        return switch (caller) {
            case Caller.Anonymous _ -> Naming.NO;
            case Caller.Service(var name) ->
                principal.type() == Principal.Type.SERVICE && principal.value().equals(name)
                        ? Naming.DIRECTLY
                        : Naming.NO;
            case Caller.Identity identity -> naming(principal, identity);
        };
    }

    private static Naming naming(Principal principal, Caller.Identity caller) {
        if (principal.type() == Principal.Type.CANONICAL_USER) {
            return principal.value().equals(caller.canonicalId()) ? Naming.BY_ACCOUNT : Naming.NO;
        }
        if (principal.type() != Principal.Type.AWS) {
            return Naming.NO;
        }
        if (principal.isWholeAccount()) {
            return principal.account().filter(caller.arn().account()::equals).isPresent()
                    ? Naming.BY_ACCOUNT
                    : Naming.NO;
        }
        if (!Fixed.isFixed(principal.value())) {
            return Naming.UNCLEAR;
        }
        return Arn.parse(principal.value()).filter(arn -> same(arn, caller)).isPresent() ? Naming.DIRECTLY : Naming.NO;
    }

    private static boolean same(Arn named, Caller.Identity caller) {
        if (named.equals(caller.arn())) {
            return true;
        }
        return caller.sessionRole()
                .filter(role -> named.account().equals(caller.arn().account())
                        && named.resource().startsWith("role/")
                        && named.resource().endsWith("/" + role))
                .isPresent();
    }
}

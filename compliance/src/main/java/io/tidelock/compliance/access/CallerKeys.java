package io.tidelock.compliance.access;

import io.tidelock.compliance.policy.RequestContext;

/**
 * The condition keys that the caller alone decides.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">global condition keys</a>
 */
final class CallerKeys {
    private CallerKeys() {}

    /** The context with the caller's keys; what it already knows stays. */
    static RequestContext added(RequestContext context, Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ ->
                absent(
                        absent(
                                absent(absent(context, "aws:PrincipalArn"), "aws:PrincipalAccount"),
                                "aws:PrincipalOrgID"),
                        "aws:username");
            case Caller.Service _ -> present(context, "aws:PrincipalIsAWSService", "true");
            case Caller.Identity identity -> {
                var known =
                        present(context, "aws:PrincipalAccount", identity.arn().account());
                known = present(known, "aws:PrincipalIsAWSService", "false");
                // A session's aws:PrincipalArn is its role's ARN, whose path the session does not tell.
                yield identity.sessionRole().isPresent() ? known : present(known, "aws:PrincipalArn", arn(identity));
            }
        };
    }

    private static String arn(Caller.Identity identity) {
        var arn = identity.arn();
        return String.join(":", "arn", arn.partition(), arn.service(), arn.region(), arn.account(), arn.resource());
    }

    private static RequestContext present(RequestContext context, String key, String value) {
        return context.knows(key) ? context : context.with(key, value);
    }

    private static RequestContext absent(RequestContext context, String key) {
        return context.knows(key) ? context : context.without(key);
    }
}

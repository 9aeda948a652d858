package io.tidelock.sandbox.policy;

import io.tidelock.sandbox.auth.Caller;
import java.util.HashSet;
import java.util.Set;

/**
 * The ways in which a policy may name a caller.
 *
 * <p>Source: "AWS JSON policy elements: Principal" of the IAM user guide.
 */
final class Principals {
    private Principals() {}

    /** Names of the caller itself: its ARN and, in a session, its role's. */
    static Set<String> itself(Caller caller) {
        var names = new HashSet<String>();
        if (!caller.anonymous()) {
            names.add(caller.principalArn());
            names.add(caller.roleArn());
        }
        return names;
    }

    /** Names of the caller itself and of its account, whose policies then decide who of the account is meant. */
    static Set<String> withAccount(Caller caller) {
        var names = itself(caller);
        if (!caller.anonymous()) {
            names.add(caller.accountId());
            names.add("arn:aws:iam::" + caller.accountId() + ":root");
            names.add(caller.canonicalId());
        }
        return names;
    }
}

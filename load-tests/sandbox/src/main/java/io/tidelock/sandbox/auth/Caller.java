package io.tidelock.sandbox.auth;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who asks, once the signature is believed.
 *
 * @param accountId twelve digits; {@code anonymous} for an unsigned request
 * @param canonicalId the account's canonical id
 * @param principalArn the user, root or assumed-role ARN that policies see
 * @param principalId the id that events show, such as {@code AWS:AROA...:session}
 * @param accessKeyId the key that signed, empty when unsigned
 * @param sessionPolicy what the session is narrowed to, as JSON
 */
public record Caller(
        String accountId,
        String canonicalId,
        String principalArn,
        String principalId,
        String accessKeyId,
        Optional<String> sessionPolicy) {
    /** Anybody: an unsigned request, shown by S3 with this canonical id (UG: Access control list overview). */
    public static final Caller ANONYMOUS =
            new Caller("anonymous", "65a011a29cdf8ec533ec3d1ccaae921c", "*", "Anonymous", "", Optional.empty());

    private static final Pattern SESSION =
            Pattern.compile("arn:aws:sts::(?<account>[0-9]{12}):assumed-role/(?<role>[^/]+)/.+");

    /** The role's ARN in a session of a role, otherwise the principal's. */
    public String roleArn() {
        var session = SESSION.matcher(principalArn);
        return session.matches()
                ? "arn:aws:iam::" + session.group("account") + ":role/" + session.group("role")
                : principalArn;
    }

    public boolean anonymous() {
        return accessKeyId.isEmpty();
    }
}

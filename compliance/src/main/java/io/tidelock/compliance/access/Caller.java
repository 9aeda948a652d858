package io.tidelock.compliance.access;

import io.tidelock.compliance.policy.Arn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sends a request. */
public sealed interface Caller {
    /** Nobody: the request is not signed. */
    record Anonymous() implements Caller {}

    /**
     * A user, a role's session, a role, or an account's root.
     *
     * @param arn {@code arn:aws:iam::ACCOUNT:root}, {@code :user/…}, {@code :role/…} or
     *     {@code arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION}
     * @param canonicalId the canonical id of its account, or null where it is not known
     */
    record Identity(Arn arn, @Nullable String canonicalId) implements Caller {
        /** Whether it is the account itself rather than somebody in it. */
        boolean isRoot() {
            return arn.resource().equals("root");
        }

        /** The role's name where this is a session of one. */
        Optional<String> sessionRole() {
            String[] parts = arn.resource().split("/");
            return parts.length >= 3 && parts[0].equals("assumed-role") ? Optional.of(parts[1]) : Optional.empty();
        }
    }

    /**
     * An AWS service acting for itself.
     *
     * @param name such as {@code logging.s3.amazonaws.com}
     */
    record Service(String name) implements Caller {}

    /** The identity with this ARN. */
    static Identity identity(String arn) {
        return new Identity(
                Arn.parse(arn).orElseThrow(() -> new IllegalArgumentException("caller must be an ARN, was " + arn)),
                null);
    }

    /** The root of an account. */
    static Identity account(String accountId) {
        return identity("arn:aws:iam::" + accountId + ":root");
    }
}

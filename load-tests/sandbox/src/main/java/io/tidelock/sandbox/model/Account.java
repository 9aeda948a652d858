package io.tidelock.sandbox.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An account: owner of buckets and versions.
 *
 * @param id twelve digits
 * @param canonicalId 64 hexadecimal digits, the id that S3 shows as owner (UG: Finding an account identifier)
 * @param displayName a name for listings
 * @param accessKeys its long-lived keys
 * @param roles its roles
 */
public record Account(String id, String canonicalId, String displayName, List<AccessKey> accessKeys, List<Role> roles) {
    private static final Pattern ID = Pattern.compile("[0-9]{12}");
    private static final Pattern CANONICAL_ID = Pattern.compile("[0-9a-f]{64}");

    public Account {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("account.id must be twelve digits, was " + id);
        }
        if (!CANONICAL_ID.matcher(canonicalId).matches()) {
            throw new IllegalArgumentException("account.canonicalId must be 64 hex digits, was " + canonicalId);
        }
        accessKeys = List.copyOf(accessKeys);
        roles = List.copyOf(roles);
    }

    /** An account whose canonical id is derived from its id. */
    public static Account of(String id, String displayName, AccessKey... accessKeys) {
        return new Account(id, id.repeat(6).substring(0, 64), displayName, List.of(accessKeys), List.of());
    }

    /** The same account with one more role that the given principals may assume. */
    public Account withRole(Role role) {
        return new Account(
                id,
                canonicalId,
                displayName,
                accessKeys,
                Stream.concat(roles.stream(), Stream.of(role)).toList());
    }

    public Optional<Role> role(String arn) {
        return roles.stream().filter(role -> role.arn().equals(arn)).findFirst();
    }

    /** The ARN of the account's root, who holds its access keys. */
    public String rootArn() {
        return "arn:aws:iam::" + id + ":root";
    }
}

package io.tidelock.sandbox.model;

import java.util.Set;

/**
 * A role that other principals may assume (STS API: AssumeRole).
 *
 * @param accountId the account that the role belongs to, twelve digits
 * @param name the role's name
 * @param trusted account ids and principal ARNs that may assume it
 * @param externalId the external id that the trust asks for, empty for none
 */
public record Role(String accountId, String name, Set<String> trusted, String externalId) {
    public Role {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("role.name must not be empty");
        }
        trusted = Set.copyOf(trusted);
    }

    public String arn() {
        return "arn:aws:iam::" + accountId + ":role/" + name;
    }
}

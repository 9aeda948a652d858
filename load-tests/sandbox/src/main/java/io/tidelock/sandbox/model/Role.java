package io.tidelock.sandbox.model;

import java.util.Optional;
import java.util.Set;

/**
 * A role that other principals may assume (STS API: AssumeRole).
 *
 * @param accountId the account that the role belongs to, twelve digits
 * @param name the role's name
 * @param trusted account ids and principal ARNs that may assume it
 * @param externalId the external id that the trust asks for, empty for none
 * @param policy what the role may do, as a JSON policy; empty for everything
 */
public record Role(String accountId, String name, Set<String> trusted, String externalId, Optional<String> policy) {
    public Role {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("role.name must not be empty");
        }
        trusted = Set.copyOf(trusted);
    }

    /** A role that may do everything its account may. */
    public Role(String accountId, String name, Set<String> trusted, String externalId) {
        this(accountId, name, trusted, externalId, Optional.empty());
    }

    /** The same role, limited to what a JSON policy allows. */
    public Role limitedTo(String json) {
        return new Role(accountId, name, trusted, externalId, Optional.of(json));
    }

    public String arn() {
        return "arn:aws:iam::" + accountId + ":role/" + name;
    }
}

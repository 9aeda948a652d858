package io.tidelock.sandbox.model;

/**
 * A long-lived key of an account.
 *
 * @param id the access key id
 * @param secret the secret that signs
 */
public record AccessKey(String id, String secret) {
    public AccessKey {
        if (id.isEmpty() || secret.isEmpty()) {
            throw new IllegalArgumentException("an access key needs an id and a secret, id was '" + id + "'");
        }
    }

    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}

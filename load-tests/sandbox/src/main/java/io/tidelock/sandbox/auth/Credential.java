package io.tidelock.sandbox.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key pair that signs requests, an account's lasting one or a role's temporary one, and whom it stands for.
 *
 * @param id the access key id, which requests name
 * @param secret the secret, which never travels
 * @param caller whom a good signature proves
 * @param session what makes the key temporary, or null for one that lasts
 */
record Credential(
        String id, String secret, Caller caller, @Nullable Session session) {
    /**
     * The temporary part of a key.
     *
     * @param token the session token that each request has to bring
     * @param expires the first instant at which the key is good no more
     */
    record Session(String token, Instant expires) {
        @Override
        public String toString() {
            return "Session[expires=" + expires + "]";
        }
    }

    public Credential {
        if (id.isEmpty() || secret.isEmpty()) {
            throw new IllegalArgumentException("credential needs an id and a secret, id was \"" + id + "\"");
        }
    }

    /** Whether it was temporary and is good no more. */
    boolean expiredAt(Instant now) {
        return session != null && !now.isBefore(session.expires());
    }

    /** Names the key but never its secrets. */
    @Override
    public String toString() {
        return "Credential[id=" + id + ", temporary=" + (session != null) + "]";
    }
}

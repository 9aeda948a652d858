package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The temporary keys that were given out, each good until it expires. Thread-safe. */
public final class Sessions {
    /** Most sessions that are good at the same time; further ones are refused until one expires. */
    public static final int SESSIONS_MAX = 10_000;

    private static final String ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String SECRET_LETTERS = ID_LETTERS + "abcdefghijklmnopqrstuvwxyz01+/";
    private static final int TOKEN_LETTERS = 200;

    private final Map<String, Credential> sessions = new LinkedHashMap<>();
    private final RandomGenerator random;

    /** @param seed decides the keys that will be given out */
    public Sessions(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Opens a session of a role.
     *
     * @return its credential, or nothing when there are {@link #SESSIONS_MAX} already
     */
    synchronized Optional<Credential> open(
            Account account, Role role, String name, Optional<String> policy, Instant now, Instant expires) {
        if (sessions.size() >= SESSIONS_MAX) {
            sessions.values().removeIf(credential -> credential.expiredAt(now));
            if (sessions.size() >= SESSIONS_MAX) {
                return Optional.empty();
            }
        }
        var id = "ASIA" + letters(ID_LETTERS, 16);
        var caller = new Caller(
                account.id(),
                account.canonicalId(),
                "arn:aws:sts::" + account.id() + ":assumed-role/" + role.name() + "/" + name,
                "AWS:" + roleId(role) + ":" + name,
                id,
                policy);
        var session = new Credential.Session(letters(SECRET_LETTERS, TOKEN_LETTERS) + "==", expires);
        var credential = new Credential(id, letters(SECRET_LETTERS, 40), caller, session);
        sessions.put(id, credential);
        return Optional.of(credential);
    }

    /** The credential with this id, expired or not. */
    synchronized Optional<Credential> find(String accessKeyId) {
        return Optional.ofNullable(sessions.get(accessKeyId));
    }

    /** The unique id of a role, the same for each of its sessions. */
    static String roleId(Role role) {
        var hash = Digests.sha256Hex(role.arn()).toUpperCase(Locale.ROOT);
        return "AROA" + hash.substring(0, 17);
    }

    private String letters(String alphabet, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}

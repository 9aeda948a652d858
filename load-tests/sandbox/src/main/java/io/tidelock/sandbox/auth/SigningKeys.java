package io.tidelock.sandbox.auth;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signing keys, derived once for each secret, day, region and service, and remembered for the ones used last. Thread-safe.
 *
 * <p>Source: "Create a signed AWS API request", derive a signing key.
 */
final class SigningKeys {
    private record Origin(String secret, CredentialScope scope) {}

    private final int keysMax;
    private final Map<Origin, SigningKey> derived;

    /** @param keysMax how many keys are remembered, at least 1; the least recently used one leaves first */
    SigningKeys(int keysMax) {
        if (keysMax < 1) {
            throw new IllegalArgumentException("signingKeys.keysMax must be at least 1, was " + keysMax);
        }
        this.keysMax = keysMax;
        this.derived = new LinkedHashMap<>(16, 0.75f, true);
    }

    SigningKey of(String secret, CredentialScope scope) {
        var origin = new Origin(secret, scope);
        synchronized (derived) {
            var known = derived.get(origin);
            if (known != null) {
                return known;
            }
        }
        var key = derive(secret, scope);
        synchronized (derived) {
            derived.put(origin, key);
            if (derived.size() > keysMax) {
                var eldest = derived.entrySet().iterator();
                eldest.next();
                eldest.remove();
            }
        }
        return key;
    }

    int size() {
        synchronized (derived) {
            return derived.size();
        }
    }

    private static SigningKey derive(String secret, CredentialScope scope) {
        byte[] day = Digests.hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), scope.date());
        byte[] region = Digests.hmac(day, scope.region());
        byte[] service = Digests.hmac(region, scope.service());
        return new SigningKey(Digests.hmac(service, "aws4_request"));
    }
}

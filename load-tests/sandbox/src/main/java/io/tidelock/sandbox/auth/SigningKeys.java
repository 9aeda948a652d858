package io.tidelock.sandbox.auth;

import java.nio.charset.StandardCharsets;

/**
 * Signing keys, derived once for each secret, day, region and service. Thread-safe.
 *
 * <p>Source: "Create a signed AWS API request", derive a signing key.
 */
final class SigningKeys {
    private record Origin(String secret, CredentialScope scope) {
        @Override
        public String toString() {
            return "Origin[" + scope + "]";
        }
    }

    private final RecentlyUsed<Origin, SigningKey> derived;

    /** @param keysMax how many keys are remembered, at least 1 */
    SigningKeys(int keysMax) {
        derived = new RecentlyUsed<>(keysMax);
    }

    SigningKey of(String secret, CredentialScope scope) {
        return derived.get(new Origin(secret, scope), SigningKeys::derive);
    }

    int size() {
        return derived.size();
    }

    private static SigningKey derive(Origin origin) {
        var scope = origin.scope();
        byte[] day = Digests.hmac(("AWS4" + origin.secret()).getBytes(StandardCharsets.UTF_8), scope.date());
        byte[] region = Digests.hmac(day, scope.region());
        byte[] service = Digests.hmac(region, scope.service());
        return new SigningKey(Digests.hmac(service, "aws4_request"));
    }
}

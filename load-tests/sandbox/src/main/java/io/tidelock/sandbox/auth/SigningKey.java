package io.tidelock.sandbox.auth;

import java.util.HexFormat;

/** A key derived from a secret for one day, region and service; immutable, and never shows itself. */
final class SigningKey {
    private final byte[] key;

    SigningKey(byte[] key) {
        this.key = key.clone();
    }

    /** The signature of a string to sign, in lower-case hex. */
    String sign(String stringToSign) {
        return HexFormat.of().formatHex(Digests.hmac(key, stringToSign));
    }
}

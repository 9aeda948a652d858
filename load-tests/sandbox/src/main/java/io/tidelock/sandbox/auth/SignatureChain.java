package io.tidelock.sandbox.auth;

import java.util.HexFormat;

/**
 * The signatures of a body's chunks, each of which continues the one before; one instance a body, not thread-safe.
 *
 * <p>Sources: "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks", and the same
 * "Including Trailing Headers".
 */
final class SignatureChain {
    /**
     * Where a chain starts.
     *
     * @param signature of the request's head
     * @param signingKey the key that all of the chain is signed with
     */
    record Seed(String signature, SigningKey signingKey, String timestamp, String scope) {}

    private final Seed seed;
    private String previous;

    SignatureChain(Seed seed) {
        this.seed = seed;
        this.previous = seed.signature();
    }

    /** Takes the next chunk by the SHA-256 of its data. */
    void chunk(byte[] sha256, String signature) {
        require(
                next(
                        "AWS4-HMAC-SHA256-PAYLOAD",
                        Digests.SHA256_OF_NOTHING + "\n" + HexFormat.of().formatHex(sha256)),
                signature);
    }

    /** Takes the trailer in its canonical form: {@code name:value\n} for each of its headers. */
    void trailer(String canonicalTrailer, String signature) {
        require(next("AWS4-HMAC-SHA256-TRAILER", Digests.sha256Hex(canonicalTrailer)), signature);
    }

    private String next(String algorithm, String hashes) {
        return seed.signingKey()
                .sign(algorithm + "\n" + seed.timestamp() + "\n" + seed.scope() + "\n" + previous + "\n" + hashes);
    }

    private void require(String expected, String given) {
        if (!Digests.same(expected, given)) {
            throw SigV4Verifier.signatureDoesNotMatch();
        }
        previous = expected;
    }
}

package io.tidelock.sandbox.auth;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about its signature, before anything of it is believed.
 *
 * @param timestamp when it was signed, in the basic ISO 8601 form that is part of the string to sign
 * @param signedHeaders lower-case names in the order given
 * @param token the session token, or null
 * @param payloadHash what stands in the payload's place of the canonical request, or null where nothing was said
 * @param validity how long a presigned request may be used after its timestamp; null for one signed in its header
 */
record Claim(
        CredentialScope scope,
        String timestamp,
        List<String> signedHeaders,
        String signature,
        @Nullable String token,
        @Nullable String payloadHash,
        @Nullable Duration validity) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /** Whether the signature came in the query, so that another than the signer may send it. */
    boolean presigned() {
        return validity != null;
    }
}

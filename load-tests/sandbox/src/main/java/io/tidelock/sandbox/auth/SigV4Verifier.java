package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signature of a request's head, in the Authorization header or in the query. Thread-safe.
 *
 * <p>Source: "Authenticating Requests (AWS Signature Version 4)" of the Amazon S3 API reference; the signed headers that
 * are required: host, and every x-amz header that is sent.
 */
final class SigV4Verifier {
    /** How far a signer's clock may be away from the server's. */
    static final Duration SKEW_MAX = Duration.ofMinutes(15);

    private static final int SIGNING_KEYS_MAX = 1_000;

    /** Where access keys are known. */
    @FunctionalInterface
    interface Credentials {
        /** The key of this id, or nothing. */
        Optional<Credential> find(String accessKeyId);
    }

    private final String service;
    private final Credentials credentials;
    private final SigningKeys signingKeys = new SigningKeys(SIGNING_KEYS_MAX);

    /** @param service {@code s3} or {@code sts}: the one service whose signatures hold here */
    SigV4Verifier(String service, Credentials credentials) {
        this.service = service;
        this.credentials = credentials;
    }

    /**
     * Checks the head of a request; of the body nothing has to be there yet.
     *
     * @return who signed, or nothing for a request that carries no signature at all
     * @throws Refusal when there is a signature and it does not hold, with S3's own code
     */
    Optional<Verified> verify(RequestHead request) {
        var claim = claim(request);
        if (claim == null) {
            return Optional.empty();
        }
        var payloadHash = claim.payloadHash();
        if (payloadHash == null) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST, "Missing required header for this request: x-amz-content-sha256");
        }
        return Optional.of(verify(request, claim, payloadHash, PayloadMode.parse(payloadHash)));
    }

    /** As {@link #verify(RequestHead)}, for services whose clients send a whole body and never say its hash. */
    Optional<Verified> verifyWhole(RequestHead request, byte[] body) {
        var claim = claim(request);
        if (claim == null) {
            return Optional.empty();
        }
        var hash = HexFormat.of().formatHex(Digests.sha256().digest(body));
        return Optional.of(verify(request, claim, hash, new PayloadMode.Hashed(hash)));
    }

    private static @Nullable Claim claim(RequestHead request) {
        var authorization = request.headers().first("authorization").orElse(null);
        boolean presigned = PresignedQuery.speaksIn(request);
        if (authorization != null && presigned) {
            throw new Refusal(
                    ErrorCode.INVALID_ARGUMENT,
                    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string"
                            + " parameter or the Authorization header should be specified");
        }
        if (authorization != null) {
            return AuthorizationHeader.read(request, authorization);
        }
        if (!presigned && request.rawQuery().contains("AWSAccessKeyId=")) {
            throw AuthorizationHeader.unsupportedMechanism();
        }
        return presigned ? PresignedQuery.read(request) : null;
    }

    private Verified verify(RequestHead request, Claim claim, String payloadHash, PayloadMode payload) {
        requireScope(claim, request.region());
        requireTime(claim, request.receivedAt());
        requireSignedHeaders(request, claim);
        var key = credentials
                .find(claim.scope().accessKeyId())
                .orElseThrow(() -> invalidAccessKeyId(claim.scope().accessKeyId()));
        requireToken(key, claim, request.receivedAt());
        var signingKey = signingKeys.of(key.secret(), claim.scope());
        var canonical = CanonicalRequest.of(request, claim.signedHeaders(), payloadHash);
        var stringToSign = Claim.ALGORITHM + "\n" + claim.timestamp() + "\n"
                + claim.scope().text() + "\n" + Digests.sha256Hex(canonical);
        var expected = signingKey.sign(stringToSign);
        if (!Digests.same(expected, claim.signature())) {
            throw signatureDoesNotMatch(key.id(), stringToSign, claim.signature());
        }
        var chain = new SignatureChain.Seed(
                expected, signingKey, claim.timestamp(), claim.scope().text());
        return new Verified(key, payload, chain);
    }

    private void requireScope(Claim claim, String region) {
        if (claim.presigned()) {
            claim.scope().requireFor(region, service, PresignedQuery.ERROR_CODE, PresignedQuery.PLACE);
        } else {
            claim.scope().requireFor(region, service, AuthorizationHeader.ERROR_CODE, AuthorizationHeader.PLACE);
        }
        if (!claim.timestamp().startsWith(claim.scope().date() + "T")) {
            var code = claim.presigned() ? PresignedQuery.ERROR_CODE : AuthorizationHeader.ERROR_CODE;
            throw new Refusal(
                    code,
                    "Invalid credential date \"" + claim.scope().date() + "\". This date is not the same as"
                            + " X-Amz-Date: \"" + claim.timestamp().substring(0, 8) + "\".");
        }
    }

    private static void requireTime(Claim claim, Instant now) {
        var signed = AuthorizationHeader.BASIC.parse(claim.timestamp(), Instant::from);
        var validity = claim.validity();
        if (validity == null) {
            if (Duration.between(signed, now).abs().compareTo(SKEW_MAX) > 0) {
                throw new Refusal(ErrorCode.REQUEST_TIME_TOO_SKEWED)
                        .with("RequestTime", claim.timestamp())
                        .with("ServerTime", now.toString())
                        .with("MaxAllowedSkewMilliseconds", Long.toString(SKEW_MAX.toMillis()));
            }
            return;
        }
        if (now.isBefore(signed.minus(SKEW_MAX))) {
            throw new Refusal(ErrorCode.ACCESS_DENIED, "Request is not valid yet");
        }
        if (!now.isBefore(signed.plus(validity))) {
            throw new Refusal(ErrorCode.ACCESS_DENIED, "Request has expired")
                    .with("X-Amz-Expires", Long.toString(validity.toSeconds()))
                    .with("Expires", signed.plus(validity).toString())
                    .with("ServerTime", now.toString());
        }
    }

    private static void requireSignedHeaders(RequestHead request, Claim claim) {
        var signed = new TreeSet<>(claim.signedHeaders());
        if (!new ArrayList<>(signed).equals(claim.signedHeaders())) {
            throw new Refusal(
                    claim.presigned() ? PresignedQuery.ERROR_CODE : AuthorizationHeader.ERROR_CODE,
                    "The signed headers must be in lower case, sorted and named once each");
        }
        var missing = new ArrayList<String>();
        if (!signed.contains("host")) {
            missing.add("host");
        }
        for (var name : request.headers().names()) {
            // The payload's hash is in the canonical request anyway, so it need not be a signed header as well.
            if (name.startsWith("x-amz-") && !name.equals("x-amz-content-sha256") && !signed.contains(name)) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new Refusal(
                            ErrorCode.ACCESS_DENIED, "There were headers present in the request which were not signed")
                    .with("HeadersNotSigned", String.join(", ", missing));
        }
        if (!request.headers().names().containsAll(signed)) {
            throw signatureDoesNotMatch();
        }
    }

    private static void requireToken(Credential key, Claim claim, Instant now) {
        var session = key.session();
        var token = claim.token();
        if (session == null) {
            if (token != null) {
                throw invalidToken();
            }
            return;
        }
        if (token == null) {
            throw invalidAccessKeyId(key.id());
        }
        if (!Digests.same(session.token(), token)) {
            throw invalidToken();
        }
        if (key.expiredAt(now)) {
            throw new Refusal(ErrorCode.EXPIRED_TOKEN);
        }
    }

    private static Refusal invalidToken() {
        return new Refusal(ErrorCode.INVALID_TOKEN);
    }

    private static Refusal invalidAccessKeyId(String accessKeyId) {
        return new Refusal(ErrorCode.INVALID_ACCESS_KEY_ID).with("AWSAccessKeyId", accessKeyId);
    }

    static Refusal signatureDoesNotMatch() {
        return new Refusal(ErrorCode.SIGNATURE_DOES_NOT_MATCH);
    }

    private static Refusal signatureDoesNotMatch(String accessKeyId, String stringToSign, String given) {
        return new Refusal(ErrorCode.SIGNATURE_DOES_NOT_MATCH)
                .with("AWSAccessKeyId", accessKeyId)
                .with("StringToSign", stringToSign)
                .with("SignatureProvided", given);
    }
}

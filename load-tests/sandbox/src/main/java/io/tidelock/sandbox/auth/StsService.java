package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.World;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * AssumeRole and GetCallerIdentity of AWS STS, over the query protocol. Thread-safe.
 *
 * <p>Source: AWS Security Token Service API reference, the two actions, "Common errors".
 */
public final class StsService implements QueryService {
    private static final Map<ErrorCode, StsRefusal> CODES = Map.of(
            ErrorCode.INVALID_ACCESS_KEY_ID,
            new StsRefusal(403, "InvalidClientTokenId", "The security token included in the request is invalid."),
            ErrorCode.INVALID_TOKEN,
            new StsRefusal(403, "InvalidClientTokenId", "The security token included in the request is invalid."),
            ErrorCode.EXPIRED_TOKEN,
            new StsRefusal(403, "ExpiredToken", "The security token included in the request is expired"),
            ErrorCode.REQUEST_TIME_TOO_SKEWED,
            new StsRefusal(403, "SignatureDoesNotMatch", "Signature expired or not yet current"),
            ErrorCode.SIGNATURE_DOES_NOT_MATCH,
            new StsRefusal(
                    403,
                    "SignatureDoesNotMatch",
                    "The request signature we calculated does not match the signature you provided."),
            ErrorCode.AUTHORIZATION_HEADER_MALFORMED,
            new StsRefusal(403, "SignatureDoesNotMatch", "Credential should be scoped to this region and to sts."));

    private final SigV4Verifier verifier;
    private final AssumeRole assumeRole;

    /**
     * @param sessionPolicyCheck throws {@link Refusal} for a session policy that cannot be read
     */
    public StsService(World world, Sessions sessions, Consumer<String> sessionPolicyCheck) {
        verifier = new SigV4Verifier("sts", new WorldCredentials(world, sessions));
        assumeRole = new AssumeRole(world, sessions, sessionPolicyCheck);
    }

    @Override
    public Optional<Answer> answer(RequestHead head, byte[] form) {
        var parameters = QueryForm.parse(form);
        var action = parameters.get("Action");
        if (action == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    switch (action) {
                        case "AssumeRole" -> assumeRole.answer(caller(head, form), parameters, head.receivedAt());
                        case "GetCallerIdentity" -> StsXml.callerIdentity(caller(head, form));
                        default ->
                            throw new StsRefusal(
                                    400,
                                    "InvalidAction",
                                    "Could not find operation " + action + " for version 2011-06-15");
                    });
        } catch (StsRefusal refusal) {
            return Optional.of(StsXml.error(refusal));
        }
    }

    private Caller caller(RequestHead head, byte[] form) {
        try {
            return verifier.verifyWhole(head, form)
                    .orElseThrow(() -> new StsRefusal(
                            403, "MissingAuthenticationToken", "Request is missing Authentication Token"))
                    .key()
                    .caller();
        } catch (Refusal refusal) {
            var known = CODES.get(refusal.code());
            throw known != null
                    ? known
                    : new StsRefusal(400, "IncompleteSignature", String.valueOf(refusal.getMessage()));
        }
    }
}

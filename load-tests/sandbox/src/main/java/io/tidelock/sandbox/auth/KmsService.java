package io.tidelock.sandbox.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidelock.sandbox.model.KmsKey;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.World;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What the policy of a key is, read as AWS KMS lets one read it: GetKeyPolicy, for whom the key's policy and the caller's
 * own allow it. Thread-safe.
 *
 * <p>Source: AWS Key Management Service API reference, GetKeyPolicy (a key id or ARN, policy name {@code default}), "Common
 * Errors"; the protocol is AWS JSON 1.1 with the target {@code TrentService.GetKeyPolicy}.
 */
public final class KmsService implements QueryService {
    private static final String TARGET = "TrentService.";
    private static final String POLICY_NAME = "default";
    private static final JsonMapper JSON = new JsonMapper();

    private final World world;
    private final SigV4Verifier verifier;
    private final Authorizer authorizer;
    private final QueryService others;

    /** Answers what is meant for KMS and leaves the rest to {@code others}. */
    public KmsService(World world, Sessions sessions, Authorizer authorizer, QueryService others) {
        this.world = world;
        this.verifier = new SigV4Verifier("kms", new WorldCredentials(world, sessions));
        this.authorizer = authorizer;
        this.others = others;
    }

    @Override
    public Optional<Answer> answer(RequestHead head, byte[] form) {
        var target = head.headers().first("x-amz-target").orElse("");
        if (!target.startsWith(TARGET)) {
            return others.answer(head, form);
        }
        try {
            if (!target.equals(TARGET + "GetKeyPolicy")) {
                throw new StsRefusal(400, "UnknownOperationException", "");
            }
            return Optional.of(answer(200, Map.of("Policy", policy(head, form), "PolicyName", POLICY_NAME)));
        } catch (StsRefusal refusal) {
            return Optional.of(
                    answer(refusal.status(), Map.of("__type", refusal.code(), "message", refusal.message())));
        }
    }

    private String policy(RequestHead head, byte[] form) {
        var caller = caller(head, form);
        var asked = read(form);
        var key = key(head.region(), caller, asked.path("KeyId").asText(""));
        var policy = world.kmsKeys().policyOf(key);
        if (!authorizer.allows(new KeyRequest(
                caller, "kms:GetKeyPolicy", key, policy, Map.of("kms:calleraccount", caller.accountId())))) {
            throw new StsRefusal(
                    400,
                    "AccessDeniedException",
                    "User: " + caller.principalArn() + " is not authorized to perform: kms:GetKeyPolicy on resource: "
                            + key.arn());
        }
        var name = asked.path("PolicyName").asText(POLICY_NAME);
        if (!name.equals(POLICY_NAME)) {
            throw new StsRefusal(400, "NotFoundException", "No such policy exists");
        }
        return policy;
    }

    private Caller caller(RequestHead head, byte[] form) {
        try {
            return verifier.verifyWhole(head, form)
                    .orElseThrow(() ->
                            new StsRefusal(400, "MissingAuthenticationTokenException", "Missing Authentication Token"))
                    .key()
                    .caller();
        } catch (Refusal refusal) {
            throw new StsRefusal(400, refusal.code().code() + "Exception", String.valueOf(refusal.getMessage()));
        }
    }

    /** An ARN names a key of any account, an id one of the caller's; only keys of the endpoint's region are found. */
    private KmsKey key(String region, Caller caller, String id) {
        var arn = id.startsWith("arn:") ? id : "arn:aws:kms:" + region + ":" + caller.accountId() + ":key/" + id;
        return world.kmsKeys()
                .find(arn)
                .filter(key -> key.region().equals(region))
                .orElseThrow(() -> new StsRefusal(400, "NotFoundException", "Key '" + arn + "' does not exist"));
    }

    private static JsonNode read(byte[] form) {
        try {
            return JSON.readTree(form);
        } catch (IOException e) {
            throw new StsRefusal(400, "SerializationException", "");
        }
    }

    private static Answer answer(int status, Map<String, String> document) {
        try {
            return new Answer(status, "application/x-amz-json-1.1", JSON.writeValueAsString(document));
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("texts can be written as JSON", bug);
        }
    }
}

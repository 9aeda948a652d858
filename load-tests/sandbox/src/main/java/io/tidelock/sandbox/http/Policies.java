package io.tidelock.sandbox.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.io.IOException;

/** Tells a bucket policy from what is none (UG: Policies and permissions in Amazon S3). */
final class Policies {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Policies() {}

    static void check(byte[] document) {
        JsonNode policy;
        try {
            policy = JSON.readTree(document);
        } catch (IOException _) {
            throw new Refusal(ErrorCode.MALFORMED_POLICY, "Policies must be valid JSON and the first byte must be '{'");
        }
        if (policy == null || !policy.isObject()) {
            throw new Refusal(ErrorCode.MALFORMED_POLICY, "Policies must be valid JSON and the first byte must be '{'");
        }
        if (policy.path("Statement").isMissingNode()) {
            throw new Refusal(ErrorCode.MALFORMED_POLICY, "Missing required field Statement");
        }
    }
}

package io.tidelock.compliance.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The first rule of a ServerSideEncryptionConfiguration; S3 keeps one. */
record EncryptionRule(JsonNode rule) {
    static EncryptionRule of(JsonNode configuration) {
        JsonNode rules = configuration.has("Rules") ? configuration.get("Rules") : configuration.path("Rule");
        return new EncryptionRule(rules.isArray() ? rules.path(0) : rules);
    }

    private JsonNode byDefault() {
        return rule.path("ApplyServerSideEncryptionByDefault");
    }

    /** AES256, aws:kms, aws:kms:dsse, or whatever else is written. */
    Optional<String> algorithm() {
        return Optional.of(byDefault().path("SSEAlgorithm").asText("")).filter(text -> !text.isEmpty());
    }

    boolean isKms() {
        return algorithm()
                .filter(algorithm -> algorithm.equals("aws:kms") || algorithm.equals("aws:kms:dsse"))
                .isPresent();
    }

    /** The key as written: an ARN, an id or an alias. */
    Optional<String> key() {
        return Optional.of(byDefault().path("KMSMasterKeyID").asText("")).filter(text -> !text.isEmpty());
    }

    /** Whether KMS is asked for a key of the bucket rather than of each object. */
    boolean hasBucketKey() {
        return rule.path("BucketKeyEnabled").asText("").equalsIgnoreCase("true");
    }

    /** Whether uploads with a customer's key are blocked (rule E6). */
    boolean blocksSseC() {
        JsonNode blocked = rule.path("BlockedEncryptionTypes");
        JsonNode types = blocked.has("EncryptionType") ? blocked.get("EncryptionType") : blocked;
        if (types.isTextual()) {
            return types.asText().equals("SSE-C");
        }
        for (JsonNode type : types) {
            if (type.asText().equals("SSE-C")) {
                return true;
            }
        }
        return false;
    }
}

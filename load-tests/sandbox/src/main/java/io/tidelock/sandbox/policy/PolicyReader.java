package io.tidelock.sandbox.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads policies from JSON. Thread-safe.
 *
 * <p>Source: "Grammar of the IAM JSON policy language"; a bucket policy names principals and may be 20 KB long ("Bucket
 * policies for Amazon S3").
 */
public final class PolicyReader {
    /** Longest policy, in characters. */
    public static final int POLICY_CHARS_MAX = 20_480;

    private static final Set<String> POLICY_FIELDS = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT_FIELDS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");
    private static final Set<String> PRINCIPAL_KINDS = Set.of("AWS", "CanonicalUser", "Service", "Federated");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PolicyReader() {}

    /**
     * Reads the policy of a bucket.
     *
     * @throws Refusal MalformedPolicy with what is wrong
     */
    public static Policy bucketPolicy(String json) {
        var policy = read(json);
        for (var statement : policy.statements()) {
            if (statement.principals().isEmpty()) {
                throw malformed("Missing required field Principal");
            }
        }
        return policy;
    }

    /**
     * Reads the policy of a role or a session.
     *
     * @throws Refusal MalformedPolicy with what is wrong
     */
    public static Policy identityPolicy(String json) {
        var policy = read(json);
        for (var statement : policy.statements()) {
            if (statement.principals().isPresent()) {
                throw malformed("Policy document should not specify a principal.");
            }
        }
        return policy;
    }

    private static Policy read(String json) {
        if (json.length() > POLICY_CHARS_MAX) {
            throw malformed("Policy is longer than " + POLICY_CHARS_MAX + " characters");
        }
        JsonNode document;
        try {
            document = JSON.readTree(json);
        } catch (JsonProcessingException _) {
            throw malformed("This policy contains invalid Json");
        }
        if (!document.isObject()) {
            throw malformed("Policies must be valid JSON and the first byte must be '{'");
        }
        requireFields(document, POLICY_FIELDS);
        var statement = document.path("Statement");
        var statements = new ArrayList<PolicyStatement>();
        if (statement.isObject()) {
            statements.add(statement(statement));
        } else if (statement.isArray() && !statement.isEmpty()) {
            statement.forEach(one -> statements.add(statement(one)));
        } else {
            throw malformed("Missing required field Statement");
        }
        return new Policy(statements);
    }

    private static PolicyStatement statement(JsonNode node) {
        if (!node.isObject()) {
            throw malformed("A statement must be an object");
        }
        requireFields(node, STATEMENT_FIELDS);
        var effect = switch (node.path("Effect").asText()) {
            case "Allow" -> PolicyStatement.Effect.ALLOW;
            case "Deny" -> PolicyStatement.Effect.DENY;
            default -> throw malformed("Invalid effect : " + node.path("Effect").asText());
        };
        var actions = either(node, "Action").orElseThrow(() -> malformed("Missing required field Action"));
        var resources = either(node, "Resource").orElseThrow(() -> malformed("Missing required field Resource"));
        return new PolicyStatement(
                effect,
                principals(node),
                new PolicyStatement.Named(
                        actions.names().stream()
                                .map(name -> new Wildcard(name.pattern().toLowerCase(Locale.ROOT)))
                                .toList(),
                        actions.inverted()),
                resources,
                conditions(node.path("Condition")));
    }

    private static Optional<PolicyStatement.Named> either(JsonNode node, String field) {
        if (node.has(field) && node.has("Not" + field)) {
            throw malformed("A statement must not have both " + field + " and Not" + field);
        }
        if (node.has(field)) {
            return Optional.of(new PolicyStatement.Named(patterns(node.get(field), field), false));
        }
        if (node.has("Not" + field)) {
            return Optional.of(new PolicyStatement.Named(patterns(node.get("Not" + field), "Not" + field), true));
        }
        return Optional.empty();
    }

    private static Optional<PolicyStatement.Named> principals(JsonNode node) {
        boolean inverted = node.has("NotPrincipal");
        if (inverted && node.has("Principal")) {
            throw malformed("A statement must not have both Principal and NotPrincipal");
        }
        var principal = inverted ? node.get("NotPrincipal") : node.get("Principal");
        if (principal == null) {
            return Optional.empty();
        }
        if (principal.isTextual()) {
            if (!principal.asText().equals("*")) {
                throw malformed("Invalid principal in policy");
            }
            return Optional.of(new PolicyStatement.Named(List.of(new Wildcard("*")), inverted));
        }
        if (!principal.isObject() || principal.isEmpty()) {
            throw malformed("Invalid principal in policy");
        }
        requireFields(principal, PRINCIPAL_KINDS);
        var names = new ArrayList<Wildcard>();
        principal.properties().forEach(kind -> names.addAll(patterns(kind.getValue(), "Principal")));
        return Optional.of(new PolicyStatement.Named(names, inverted));
    }

    private static List<PolicyCondition> conditions(JsonNode node) {
        if (node.isMissingNode()) {
            return List.of();
        }
        if (!node.isObject()) {
            throw malformed("Condition must be an object");
        }
        var conditions = new ArrayList<PolicyCondition>();
        for (var operator : node.properties()) {
            if (!operator.getValue().isObject()) {
                throw malformed("Conditions must map operators to keys");
            }
            for (var key : operator.getValue().properties()) {
                conditions.add(
                        new PolicyCondition(operator.getKey(), key.getKey(), texts(key.getValue(), "Condition")));
            }
        }
        return conditions;
    }

    private static List<Wildcard> patterns(JsonNode node, String field) {
        return texts(node, field).stream().map(Wildcard::new).toList();
    }

    private static List<String> texts(JsonNode node, String field) {
        var texts = new ArrayList<String>();
        if (node.isArray()) {
            node.forEach(one -> texts.add(text(one, field)));
        } else {
            texts.add(text(node, field));
        }
        if (texts.isEmpty()) {
            throw malformed(field + " must not be empty");
        }
        return texts;
    }

    private static String text(JsonNode node, String field) {
        if (!node.isTextual() && !node.isBoolean() && !node.isNumber()) {
            throw malformed(field + " must hold text");
        }
        return node.asText();
    }

    private static void requireFields(JsonNode node, Set<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw malformed("Unknown field " + name);
            }
        });
    }

    private static Refusal malformed(String how) {
        return new Refusal(ErrorCode.MALFORMED_POLICY, how);
    }
}

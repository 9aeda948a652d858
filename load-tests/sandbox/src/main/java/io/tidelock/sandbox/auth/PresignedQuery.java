package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the claim of a request that is signed in its query, as presigned addresses are.
 *
 * <p>Source: "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".
 */
final class PresignedQuery {
    static final ErrorCode ERROR_CODE = ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR;
    static final String PLACE = "Error parsing the X-Amz-Credential parameter";
    private static final Duration VALIDITY_MAX = Duration.ofDays(7);

    private PresignedQuery() {}

    /** Whether the query claims to hold a signature. */
    static boolean speaksIn(RequestHead request) {
        return request.rawQuery().contains("X-Amz-Algorithm=")
                || request.rawQuery().contains("X-Amz-Signature=");
    }

    static Claim read(RequestHead request) {
        var parameters = parameters(request.rawQuery());
        if (!Claim.ALGORITHM.equals(parameters.get("X-Amz-Algorithm"))) {
            throw new Refusal(ERROR_CODE, "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
        }
        var scope = CredentialScope.parse(required(parameters, "X-Amz-Credential"), ERROR_CODE, PLACE);
        var timestamp = required(parameters, "X-Amz-Date");
        if (timestamp.length() != 16 || AuthorizationHeader.instant(timestamp) == null) {
            throw new Refusal(ERROR_CODE, "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        }
        return new Claim(
                scope,
                timestamp,
                List.of(required(parameters, "X-Amz-SignedHeaders").split(";", -1)),
                required(parameters, "X-Amz-Signature"),
                parameters.get("X-Amz-Security-Token"),
                payloadHash(request, parameters),
                validity(required(parameters, "X-Amz-Expires")));
    }

    private static String payloadHash(RequestHead request, Map<String, String> parameters) {
        var given = parameters.get("X-Amz-Content-Sha256");
        return given != null
                ? given
                : request.headers().first("x-amz-content-sha256").orElse(PayloadMode.UNSIGNED);
    }

    private static Map<String, String> parameters(String rawQuery) {
        var parameters = new HashMap<String, String>();
        for (var part : rawQuery.split("&", -1)) {
            int equals = part.indexOf('=');
            if (part.startsWith("X-Amz-")
                    && equals > 0
                    && parameters.put(
                                    part.substring(0, equals), UriEncoding.decodedQueryPart(part.substring(equals + 1)))
                            != null) {
                throw new Refusal(ERROR_CODE, part.substring(0, equals) + " is given twice");
            }
        }
        return parameters;
    }

    private static String required(Map<String, String> parameters, String name) {
        var value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw new Refusal(
                    ERROR_CODE,
                    "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
                            + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
        }
        return value;
    }

    private static Duration validity(String expires) {
        var seconds = seconds(expires);
        if (seconds == null) {
            throw new Refusal(ERROR_CODE, "X-Amz-Expires should be a number");
        }
        if (seconds < 0) {
            throw new Refusal(ERROR_CODE, "X-Amz-Expires must be non-negative");
        }
        if (seconds > VALIDITY_MAX.toSeconds()) {
            throw new Refusal(
                    ERROR_CODE,
                    "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be"
                            + " less than 604800 seconds");
        }
        return Duration.ofSeconds(seconds);
    }

    private static @Nullable Long seconds(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException _) {
            return null;
        }
    }
}

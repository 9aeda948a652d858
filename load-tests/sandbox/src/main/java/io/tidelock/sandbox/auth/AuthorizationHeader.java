package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the claim of a request that is signed in its Authorization header.
 *
 * <p>Source: "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)".
 */
final class AuthorizationHeader {
    static final ErrorCode ERROR_CODE = ErrorCode.AUTHORIZATION_HEADER_MALFORMED;
    static final String PLACE = "The authorization header is malformed";
    static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private AuthorizationHeader() {}

    static Claim read(RequestHead request, String authorization) {
        if (authorization.startsWith("AWS ")) {
            throw unsupportedMechanism();
        }
        if (!authorization.startsWith(Claim.ALGORITHM + " ")) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT, "Unsupported Authorization Type")
                    .with("ArgumentName", "Authorization");
        }
        var fields = fields(authorization.substring(Claim.ALGORITHM.length() + 1));
        var scope = CredentialScope.parse(field(fields, "Credential"), ERROR_CODE, PLACE);
        return new Claim(
                scope,
                timestamp(request),
                List.of(field(fields, "SignedHeaders").split(";", -1)),
                field(fields, "Signature"),
                request.headers().first("x-amz-security-token").orElse(null),
                request.headers().first("x-amz-content-sha256").orElse(null),
                null);
    }

    /** The answer to Signature Version 2, wherever it stands. */
    static Refusal unsupportedMechanism() {
        return new Refusal(
                ErrorCode.INVALID_REQUEST,
                "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
    }

    private static Map<String, String> fields(String text) {
        var fields = new HashMap<String, String>();
        for (var part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new Refusal(ERROR_CODE, PLACE + "; expecting name=value, separated by commas.");
            }
            if (fields.put(
                            part.substring(0, equals).strip(),
                            part.substring(equals + 1).strip())
                    != null) {
                throw new Refusal(ERROR_CODE, PLACE + "; a component is given twice.");
            }
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        var value = fields.get(name);
        if (value == null || value.isEmpty()) {
            throw new Refusal(
                    ERROR_CODE,
                    PLACE + "; the authorization header requires three components: "
                            + "Credential, SignedHeaders, and Signature.");
        }
        return value;
    }

    private static String timestamp(RequestHead request) {
        var headers = request.headers();
        var date = headers.first("x-amz-date").or(() -> headers.first("date"));
        var instant = date.isEmpty() ? null : instant(date.get());
        if (instant == null) {
            throw new Refusal(ErrorCode.ACCESS_DENIED, "AWS authentication requires a valid Date or x-amz-date header");
        }
        return BASIC.format(instant);
    }

    /** An instant in the basic form of ISO 8601 or in that of an HTTP date, or null. */
    static @Nullable Instant instant(String text) {
        try {
            return BASIC.parse(text, Instant::from);
        } catch (DateTimeException _) {
            try {
                return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
            } catch (DateTimeException _) {
                return null;
            }
        }
    }
}

package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.Locale;

/**
 * How far a signature covers a body: what {@code x-amz-content-sha256} says.
 *
 * <p>Source: "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)", the values of
 * x-amz-content-sha256.
 */
sealed interface PayloadMode {
    /** The value for a body that is not covered. */
    String UNSIGNED = "UNSIGNED-PAYLOAD";

    /** The body is plain and must have this SHA-256, in lower-case hex. */
    record Hashed(String sha256) implements PayloadMode {}

    /** The body is plain and not covered. */
    record Unsigned() implements PayloadMode {}

    /** The body comes in aws-chunked framing, each chunk signed; perhaps with a signed trailer. */
    record SignedChunks(boolean trailer) implements PayloadMode {}

    /** The body comes in aws-chunked framing, not signed, with a trailer. */
    record UnsignedChunks() implements PayloadMode {}

    /** Whether the body comes in aws-chunked framing. */
    default boolean chunked() {
        return switch (this) {
            case SignedChunks _, UnsignedChunks _ -> true;
            case Hashed _, Unsigned _ -> false;
        };
    }

    /** Reads the header's value. */
    static PayloadMode parse(String value) {
        return switch (value) {
            case UNSIGNED -> new Unsigned();
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" -> new SignedChunks(false);
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" -> new SignedChunks(true);
            case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> new UnsignedChunks();
            case "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER" ->
                throw new Refusal(
                        ErrorCode.NOT_IMPLEMENTED,
                        "A header you provided implies functionality that is not implemented");
            default -> hashed(value);
        };
    }

    private static PayloadMode hashed(String value) {
        if (!value.matches("[0-9a-fA-F]{64}")) {
            throw new Refusal(
                            ErrorCode.INVALID_ARGUMENT,
                            "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER,"
                                    + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a"
                                    + " valid sha256 value.")
                    .with("ArgumentName", "x-amz-content-sha256")
                    .with("ArgumentValue", value);
        }
        return new Hashed(value.toLowerCase(Locale.ROOT));
    }
}

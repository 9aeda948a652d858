package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Chooses how the body of a request is read, by what its signature says of it. */
final class Payloads {
    private static final String DECODED_LENGTH = "x-amz-decoded-content-length";

    private Payloads() {}

    static PayloadDecoder of(RequestHead head, Verified verified) {
        return switch (verified.payload()) {
            case PayloadMode.Hashed(var sha256) -> new HashedPayload(sha256, length(head, "content-length"));
            case PayloadMode.Unsigned _ -> plain(head);
            case PayloadMode.SignedChunks(var trailer) -> chunked(head, new SignatureChain(verified.chain()), trailer);
            case PayloadMode.UnsignedChunks _ -> chunked(head, null, true);
        };
    }

    /** The body of a request that nobody signed. */
    static PayloadDecoder unsigned(RequestHead head) {
        var hash = head.headers().first("x-amz-content-sha256");
        if (hash.isEmpty()) {
            return plain(head);
        }
        return switch (PayloadMode.parse(hash.get())) {
            case PayloadMode.Hashed(var sha256) -> new HashedPayload(sha256, length(head, "content-length"));
            case PayloadMode.Unsigned _ -> plain(head);
            case PayloadMode.UnsignedChunks _ -> chunked(head, null, true);
            case PayloadMode.SignedChunks _ ->
                throw new Refusal(ErrorCode.INVALID_REQUEST, "Signed chunks need a signed request.");
        };
    }

    private static PayloadDecoder plain(RequestHead head) {
        return new PlainPayload(length(head, "content-length"));
    }

    private static PayloadDecoder chunked(RequestHead head, @Nullable SignatureChain chain, boolean withTrailer) {
        var decoded = length(head, DECODED_LENGTH);
        if (decoded.isEmpty()) {
            throw new Refusal(ErrorCode.MISSING_CONTENT_LENGTH);
        }
        var trailer =
                withTrailer ? new Trailer(head.headers().first("x-amz-trailer").orElse(null)) : null;
        return new AwsChunkedPayload(decoded.getAsLong(), chain, trailer);
    }

    private static OptionalLong length(RequestHead head, String header) {
        var text = head.headers().first(header);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("[0-9]{1,18}")) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT, header + " must be a number of bytes")
                    .with("ArgumentName", header)
                    .with("ArgumentValue", text.get());
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }
}

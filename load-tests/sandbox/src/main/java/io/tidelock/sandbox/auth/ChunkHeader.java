package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import org.jspecify.annotations.Nullable;

/** The line before the data of an aws-chunked chunk: its size in hex and, in a signed body, its signature. */
record ChunkHeader(long sizeBytes, @Nullable String signature) {
    private static final String SIGNATURE = ";chunk-signature=";
    private static final int SIZE_DIGITS_MAX = 15;

    static ChunkHeader parse(String line, boolean signed) {
        int semicolon = line.indexOf(';');
        var size = semicolon < 0 ? line : line.substring(0, semicolon);
        if (size.isEmpty() || size.length() > SIZE_DIGITS_MAX) {
            throw malformed("the size of a chunk must have 1 to " + SIZE_DIGITS_MAX + " hexadecimal digits");
        }
        long bytes = 0;
        for (int i = 0; i < size.length(); i++) {
            char c = size.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw malformed("the size of a chunk must be hexadecimal");
            }
            bytes = bytes << 4 | digit;
        }
        if (!signed) {
            if (semicolon >= 0) {
                throw malformed("a chunk of an unsigned body must have no extension");
            }
            return new ChunkHeader(bytes, null);
        }
        if (semicolon < 0 || !line.startsWith(SIGNATURE, semicolon)) {
            throw malformed("a chunk of a signed body must have a chunk-signature");
        }
        return new ChunkHeader(bytes, line.substring(semicolon + SIGNATURE.length()));
    }

    static Refusal malformed(String how) {
        return new Refusal(ErrorCode.INVALID_REQUEST, "The body is not well-formed aws-chunked: " + how + ".");
    }
}

package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Percent encoding as Signature Version 4 wants it: every byte but the unreserved ones, in upper-case hex. Works on bytes,
 * so a key that is not UTF-8 keeps its bytes. Thread-safe.
 *
 * <p>Source: "Create a signed AWS API request", function UriEncode.
 */
final class UriEncoding {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final boolean[] UNRESERVED = new boolean[128];

    static {
        for (char c = 'a'; c <= 'z'; c++) {
            UNRESERVED[c] = true;
            UNRESERVED[Character.toUpperCase(c)] = true;
        }
        for (char c = '0'; c <= '9'; c++) {
            UNRESERVED[c] = true;
        }
        for (char c : "-._~".toCharArray()) {
            UNRESERVED[c] = true;
        }
    }

    private UriEncoding() {}

    /**
     * The canonical form of a path as it stood on the wire: all of it is encoded once except slashes, and nothing is
     * normalised. How the wire spelled it does not matter: a client may send {@code %2F} for a slash that it signed bare.
     */
    static String canonicalPath(String rawPath) {
        return encode(decode(rawPath, false), true);
    }

    /** The canonical form of a name or a value of a query as it stood on the wire; a plus is a blank. */
    static String canonicalQueryPart(String raw) {
        return encode(decode(raw, true), false);
    }

    static String decodedQueryPart(String raw) {
        return new String(decode(raw, true), StandardCharsets.UTF_8);
    }

    private static byte[] decode(String raw, boolean plusIsBlank) {
        byte[] in = raw.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
                int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new Refusal(ErrorCode.INVALID_URI);
                }
                out[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                out[length++] = plusIsBlank && in[i] == '+' ? (byte) ' ' : in[i];
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static String encode(byte[] bytes, boolean keepSlash) {
        var out = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            if (b >= 0 && (UNRESERVED[b] || (keepSlash && b == '/'))) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
            }
        }
        return out.toString();
    }
}

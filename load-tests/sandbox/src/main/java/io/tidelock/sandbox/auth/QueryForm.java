package io.tidelock.sandbox.auth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The parameters of AWS's query protocol, as a form posts them. */
final class QueryForm {
    private QueryForm() {}

    /** Parameters by name; those that are not well-formed or come again are left out. */
    static Map<String, String> parse(byte[] form) {
        var parameters = new HashMap<String, String>();
        for (var part : new String(form, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                try {
                    parameters.putIfAbsent(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
                } catch (IllegalArgumentException _) {
                    // Not a form: the caller misses the parameter and says so.
                }
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

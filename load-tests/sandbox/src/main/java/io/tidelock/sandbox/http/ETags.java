package io.tidelock.sandbox.http;

/** ETags with and without their quotes. */
final class ETags {
    private ETags() {}

    static String bare(String text) {
        var stripped = text.strip();
        return stripped.length() >= 2 && stripped.startsWith("\"") && stripped.endsWith("\"")
                ? stripped.substring(1, stripped.length() - 1)
                : stripped;
    }

    static String quoted(String eTag) {
        return "\"" + eTag + "\"";
    }

    /** Whether a list as in {@code If-Match} names the ETag (RFC 9110, section 13.1.1). */
    static boolean listed(String list, String eTag) {
        for (var one : list.split(",")) {
            var named = one.strip();
            if (named.equals("*")
                    || bare(named.startsWith("W/") ? named.substring(2) : named).equals(eTag)) {
                return true;
            }
        }
        return false;
    }
}

package io.tidelock.compliance.policy;

/** Policy variables, <code>${…}</code>, where nothing is known of the request. */
final class Variables {
    private Variables() {}

    /** The pattern with every variable replaced by {@code *}: what it could become at most. */
    static String asWildcards(String pattern) {
        int from = pattern.indexOf("${");
        if (from < 0) {
            return pattern;
        }
        var text = new StringBuilder();
        int at = 0;
        while (from >= 0) {
            int to = pattern.indexOf('}', from);
            if (to < 0) {
                break;
            }
            text.append(pattern, at, from).append('*');
            at = to + 1;
            from = pattern.indexOf("${", at);
        }
        return text.append(pattern, at, pattern.length()).toString();
    }
}

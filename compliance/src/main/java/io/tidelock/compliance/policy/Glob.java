package io.tidelock.compliance.policy;

/**
 * A pattern with {@code *} (any characters) and {@code ?} (one character), as policies use it.
 *
 * @param pattern as written
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">Resource</a>
 */
public record Glob(String pattern) {
    /** Whether {@code text} is one of the strings that the pattern describes; takes at most length times length steps. */
    public boolean matches(String text) {
        return match(text, Mode.PLAIN);
    }

    /** The same without regard to case, as actions are compared. */
    public boolean matchesIgnoringCase(String text) {
        return match(text, Mode.IGNORING_CASE);
    }

    /**
     * Whether every string that {@code other} describes is described by this pattern too. Never wrongly true; may miss
     * an inclusion in odd spellings such as {@code ?*} against {@code *?}.
     */
    public boolean covers(Glob other) {
        return match(other.pattern, Mode.SYMBOLIC);
    }

    /** Whether some string is described by both. */
    public boolean overlaps(Glob other) {
        String left = pattern;
        String right = other.pattern;
        var reachable = new boolean[right.length() + 1];
        reachable[0] = true;
        closeOverStars(reachable, right);
        for (int i = 0; i < left.length(); i++) {
            reachable = advance(reachable, left.charAt(i), right);
        }
        return reachable[right.length()];
    }

    private static boolean[] advance(boolean[] before, char symbol, String right) {
        var after = new boolean[before.length];
        for (int j = 0; j < before.length; j++) {
            if (symbol == '*') {
                after[j] = before[j] || (j > 0 && after[j - 1]);
            } else if (before[j] && j < right.length()) {
                char opposite = right.charAt(j);
                if (opposite == '*') {
                    after[j] = true;
                } else if (opposite == '?' || symbol == '?' || opposite == symbol) {
                    after[j + 1] = true;
                }
            }
        }
        closeOverStars(after, right);
        return after;
    }

    private static void closeOverStars(boolean[] reachable, String right) {
        for (int j = 0; j < right.length(); j++) {
            if (reachable[j] && right.charAt(j) == '*') {
                reachable[j + 1] = true;
            }
        }
    }

    /** Whether the pattern describes exactly one string. */
    public boolean isLiteral() {
        return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
    }

    private boolean match(String text, Mode mode) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && one(pattern.charAt(p), text.charAt(t), mode)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean one(char pattern, char text, Mode mode) {
        if (pattern == '?') {
            return mode != Mode.SYMBOLIC || text != '*';
        }
        return switch (mode) {
            case PLAIN -> pattern == text;
            case IGNORING_CASE -> Character.toLowerCase(pattern) == Character.toLowerCase(text);
            case SYMBOLIC -> pattern == text && text != '*' && text != '?';
        };
    }

    private enum Mode {
        PLAIN,
        IGNORING_CASE,
        /** The text is a pattern itself: its wildcards stand for anything. */
        SYMBOLIC
    }
}

package io.tidelock.sandbox.policy;

/** A pattern of policies, in which {@code *} stands for any characters and {@code ?} for one. Immutable. */
record Wildcard(String pattern) {
    boolean matches(String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Whether it holds a policy variable such as {@code ${aws:username}}, which is not filled in here. */
    boolean holdsVariable() {
        return pattern.contains("${");
    }
}

package io.tidelock.replicator.rule.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what somebody meant to write, in a document of rules or elsewhere. */
public final class Suggestion {
    private Suggestion() {}

    /** The most similar of the known names, if any is similar. */
    public static Optional<String> nearest(String written, Collection<String> known) {
        var bound = Math.max(1, written.length() / 3);
        return known.stream()
                .filter(name -> Math.abs(written.length() - name.length()) <= bound) // what is far longer costs nothing
                .filter(name -> distance(written, name) <= bound)
                .min(Comparator.comparingInt((String name) -> distance(written, name)));
    }

    /** Such as {@code , did you mean "region"?}, or nothing. */
    public static String question(String written, Collection<String> known) {
        return nearest(written, known)
                .map(name -> ", did you mean \"" + name + "\"?")
                .orElse("");
    }

    /** Edits (insert, remove, replace, swap neighbours) between two words, whatever their case. */
    private static int distance(String written, String known) {
        var a = written.toLowerCase(Locale.ROOT);
        var b = known.toLowerCase(Locale.ROOT);
        var d = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                var cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}

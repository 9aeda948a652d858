package io.tidelock.ingest.kafka;

import java.util.Set;
import java.util.regex.Pattern;

/** What a loop reads. */
public sealed interface Subscription {
    /** These topics. */
    record Topics(Set<String> names) implements Subscription {
        public Topics {
            names = Set.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("topics must name at least one topic, was empty");
            }
        }
    }

    /** All topics whose whole name matches, also those that appear later. */
    record Matching(Pattern pattern) implements Subscription {}

    /** What every name begins with that the pattern matches, as far as that is plain to see; may be empty. */
    static String literalBeginning(Pattern pattern) {
        var text = pattern.pattern();
        if (text.indexOf('|') >= 0 || pattern.flags() != 0) {
            return "";
        }
        var beginning = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            var escaped = text.startsWith("\\.", at);
            var letter = escaped ? '.' : text.charAt(at);
            if (!escaped && !String.valueOf(letter).matches("[A-Za-z0-9_-]")) {
                break;
            }
            at += escaped ? 2 : 1;
            if (at < text.length() && "?*{".indexOf(text.charAt(at)) >= 0) {
                break; // the letter itself need not be there
            }
            beginning.append(letter);
        }
        return beginning.toString();
    }
}

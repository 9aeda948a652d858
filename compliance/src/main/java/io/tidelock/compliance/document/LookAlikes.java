package io.tidelock.compliance.document;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds characters that a person does not see or takes for others in names that are plain ASCII by nature: principals,
 * ARNs, actions, bucket names.
 */
public final class LookAlikes {
    private static final int REPORTED_MAX = 8;

    private LookAlikes() {}

    /** One entry a strange character, such as {@code U+200B ZERO WIDTH SPACE}; empty for plain names. */
    public static List<String> in(String name) {
        if (name.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return List.of();
        }
        var strange = new ArrayList<String>();
        name.codePoints()
                .filter(c -> c <= 0x20 || c >= 0x7f)
                .distinct()
                .limit(REPORTED_MAX)
                .forEach(c -> strange.add("U+%04X %s".formatted(c, Character.getName(c))));
        return List.copyOf(strange);
    }
}

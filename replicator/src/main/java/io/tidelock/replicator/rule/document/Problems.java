package io.tidelock.replicator.rule.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong; stops collecting, not refusing, at {@link #COUNT_MAX}. Not thread-safe. */
final class Problems {
    /** Nobody reads more. */
    static final int COUNT_MAX = 1_000;

    private static final int QUOTE_MAX = 80;

    private final List<Problem> found = new ArrayList<>();
    private @Nullable String ruleId;
    private int line;

    /** Whatever is added from now on is about this rule, which begins at this line. */
    void about(String newRuleId, int newLine) {
        ruleId = clip(newRuleId);
        line = newLine;
    }

    /** Whatever is added from now on is about the document. */
    void aboutDocument() {
        ruleId = null;
        line = 0;
    }

    void add(String element, String reason) {
        add(line, element, reason);
    }

    void add(int atLine, String element, String reason) {
        if (found.size() < COUNT_MAX) {
            found.add(new Problem(ruleId, element, reason, atLine));
        }
    }

    int count() {
        return found.size();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    RuleDocument.Refused refused() {
        return new RuleDocument.Refused(found);
    }

    /** A value for a message, in quotes and never long. */
    static String quote(String value) {
        return "\"" + clip(value) + "\"";
    }

    static String clip(String value) {
        return value.length() <= QUOTE_MAX ? value : value.substring(0, QUOTE_MAX) + "...";
    }
}

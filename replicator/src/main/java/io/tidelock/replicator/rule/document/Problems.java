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

    /** Whatever is added from now on is about this rule, or about the document. */
    void about(@Nullable String newRuleId) {
        ruleId = newRuleId == null ? null : clip(newRuleId);
    }

    void add(String element, String reason) {
        if (found.size() < COUNT_MAX) {
            found.add(new Problem(ruleId, element, reason));
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

    private static String clip(String value) {
        return value.length() <= QUOTE_MAX ? value : value.substring(0, QUOTE_MAX) + "...";
    }
}

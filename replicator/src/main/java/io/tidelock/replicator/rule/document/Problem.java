package io.tidelock.replicator.rule.document;

import org.jspecify.annotations.Nullable;

/**
 * Why a document is refused.
 *
 * @param ruleId the rule's ID ({@code rule-N} for the N-th when it has none), or null when the whole document is meant
 * @param element path of the element below the rule or document, joined by slashes; never empty
 * @param reason what is wrong and what would be right
 * @param line of the text where the element or what should hold it begins; 0 when no line is meant
 */
public record Problem(@Nullable String ruleId, String element, String reason, int line) {
    @Override
    public String toString() {
        return (ruleId == null ? "" : "rule \"" + ruleId + "\", ") + element + ": " + reason;
    }
}

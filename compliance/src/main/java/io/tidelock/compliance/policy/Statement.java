package io.tidelock.compliance.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement as far as it could be understood.
 *
 * @param position counted from 1
 * @param sid the {@code Sid}, or null
 * @param effect null when it is missing or neither {@code Allow} nor {@code Deny}
 * @param conditionReadable false when the {@code Condition} element or a part of it has the wrong shape
 * @param unknownElements elements that no documentation names
 * @param raw the statement as written
 */
public record Statement(
        int position,
        @Nullable String sid,
        @Nullable Effect effect,
        Principals principals,
        Selection actions,
        Selection resources,
        List<Condition> conditions,
        boolean conditionReadable,
        List<String> unknownElements,
        JsonNode raw) {
    public Statement {
        conditions = List.copyOf(conditions);
        unknownElements = List.copyOf(unknownElements);
    }

    /** How evidence names the statement. */
    public String label() {
        return sid == null || sid.isEmpty() ? "statement " + position : "statement " + position + " (Sid " + sid + ")";
    }

    public boolean isAllow() {
        return effect == Effect.ALLOW;
    }

    public boolean isDeny() {
        return effect == Effect.DENY;
    }

    /** Whether nothing in the statement is beyond understanding, so that a Deny may be relied on. */
    public boolean isUnderstood() {
        return effect != null
                && conditionReadable
                && unknownElements.isEmpty()
                && conditions.stream()
                        .allMatch(condition -> condition.operator().comparison() != null);
    }

    /** Whether the statement has no condition, and none that could not be read. */
    public boolean isUnconditional() {
        return conditions.isEmpty() && conditionReadable;
    }
}

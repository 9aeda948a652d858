package io.tidelock.replicator.outcome;

import io.tidelock.domain.StreamPosition;

/**
 * One event under one matching rule; a repeated outcome has the same id.
 *
 * @param position where the event stands in {@code tidelock.events}
 * @param ruleId the rule, or {@link #NO_RULE} when none matched
 */
public record OperationId(StreamPosition position, String ruleId) {
    /** The rule id of an event that no rule matches. */
    public static final String NO_RULE = "-";
}

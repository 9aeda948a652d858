package io.tidelock.compliance.policy;

import java.util.List;
import java.util.Locale;

/**
 * One key under one operator, with all of its values: the values are alternatives, the conditions of a statement must
 * all hold (rule P9).
 *
 * @param key as written; compared without regard to case
 * @param values as text; bare booleans and numbers as they were written (rule P10)
 */
public record Condition(ConditionOperator operator, String key, List<String> values) {
    public Condition {
        values = List.copyOf(values);
    }

    /** Whether the key is {@code name}, in any case. */
    public boolean isOn(String name) {
        return key.equalsIgnoreCase(name);
    }

    /** The key in lower case. */
    public String keyLower() {
        return key.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return operator.text() + " " + key + " " + (values.size() == 1 ? values.getFirst() : values.toString());
    }
}

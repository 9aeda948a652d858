package io.tidelock.compliance.policy;

import java.util.stream.Stream;

/** Three-valued logic after Kleene: what is not known stays unknown unless it cannot matter. */
public enum Truth {
    TRUE,
    FALSE,
    UNKNOWN;

    public static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    public Truth and(Truth other) {
        if (this == FALSE || other == FALSE) {
            return FALSE;
        }
        return this == TRUE && other == TRUE ? TRUE : UNKNOWN;
    }

    public Truth or(Truth other) {
        return not().and(other.not()).not();
    }

    public Truth not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** TRUE of nothing. */
    public static Truth all(Stream<Truth> values) {
        return values.reduce(TRUE, Truth::and);
    }

    /** FALSE of nothing. */
    public static Truth any(Stream<Truth> values) {
        return values.reduce(FALSE, Truth::or);
    }
}

package io.tidelock.compliance.access;

import java.util.List;

/** What becomes of a request, with the statements or grants that decided it. */
public sealed interface Decision {
    /** What decided, each with its Sid or position. */
    List<String> by();

    /** The request is allowed whatever else it says. */
    record Allowed(List<String> by) implements Decision {
        public Allowed {
            by = List.copyOf(by);
        }
    }

    /**
     * The request is refused whatever else it says.
     *
     * @param why in words
     */
    record Denied(String why, List<String> by) implements Decision {
        public Denied {
            by = List.copyOf(by);
        }
    }

    /**
     * It depends on something that is not known.
     *
     * @param why in words
     */
    record Conditional(String why, List<String> by) implements Decision {
        public Conditional {
            by = List.copyOf(by);
        }
    }
}

package io.tidelock.compliance.control;

import java.util.List;

/** What a control found. What could not be read is never compliant. */
public sealed interface Verdict {
    /** In words; whole sentences without secrets. */
    String why();

    /** The statements, grants and values that led here. */
    default List<String> evidence() {
        return List.of();
    }

    /** What is asked for holds. */
    record Compliant(String why, List<String> evidence) implements Verdict {
        public Compliant {
            evidence = Exhibits.bounded(evidence);
        }
    }

    /** What is asked for does not hold. */
    record Violation(String why, List<String> evidence) implements Verdict {
        public Violation {
            evidence = Exhibits.bounded(evidence);
        }
    }

    /** The question does not arise. */
    record NotApplicable(String why) implements Verdict {}

    /** Not decided: a document is missing or not understood, and it could matter. */
    record Unknown(String why, List<String> evidence) implements Verdict {
        public Unknown {
            evidence = Exhibits.bounded(evidence);
        }
    }

    static Verdict compliant(String why) {
        return new Compliant(why, List.of());
    }

    static Verdict violation(String why, List<String> evidence) {
        return new Violation(why, evidence);
    }

    static Verdict notApplicable(String why) {
        return new NotApplicable(why);
    }

    static Verdict unknown(String why) {
        return new Unknown(why, List.of());
    }

    /** The name that reports give the variant: COMPLIANT, VIOLATION, NOT_APPLICABLE or UNKNOWN. */
    default String name() {
        return switch (this) {
            case Compliant _ -> "COMPLIANT";
            case Violation _ -> "VIOLATION";
            case NotApplicable _ -> "NOT_APPLICABLE";
            case Unknown _ -> "UNKNOWN";
        };
    }
}

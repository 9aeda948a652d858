package io.tidelock.deploy.check;

import io.tidelock.replicator.store.StoreProblem;
import java.util.Locale;

/**
 * What was found about one thing that the configuration names.
 *
 * @param subject the thing and what it is for, such as {@code source bucket paris/photos}
 * @param detail how it is; without secrets
 * @param remedy what to do about it; empty when nothing is
 */
public record CheckResult(String subject, Status status, String detail, String remedy) {
    /** All is as it must be. */
    public static CheckResult ok(String subject, String detail) {
        return new CheckResult(subject, Status.OK, detail, "");
    }

    /** Something that replication needs is not there. */
    public static CheckResult missing(String subject, String detail, String remedy) {
        return new CheckResult(subject, Status.MISSING, detail, remedy);
    }

    /** Something is allowed that replication does not need. */
    static CheckResult tooWide(String subject, String detail, String remedy) {
        return new CheckResult(subject, Status.TOO_WIDE, detail, remedy);
    }

    /** It cannot be told. */
    static CheckResult unknown(String subject, String detail, String remedy) {
        return new CheckResult(subject, Status.UNKNOWN, detail, remedy);
    }

    static CheckResult of(String subject, StoreProblem problem) {
        return missing(subject, problem.what(), problem.remedy());
    }

    /** Whether it is as it must be. */
    public enum Status {
        OK,
        MISSING,
        TOO_WIDE,
        UNKNOWN;

        /** For people. */
        String text() {
            return this == TOO_WIDE ? "wide" : name().toLowerCase(Locale.ROOT);
        }
    }
}

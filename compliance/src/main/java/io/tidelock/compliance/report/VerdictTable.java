package io.tidelock.compliance.report;

import io.tidelock.compliance.control.Verdict;
import java.util.Locale;

/** For people: what is violated or unknown, worst first, each with the evidence and the call that puts it right. */
public final class VerdictTable implements AssessmentFormat {
    private final boolean everything;
    private long snapshots;
    private long violations;
    private long unknowns;
    private long problems;

    /** @param everything whether verdicts are shown that need nobody */
    public VerdictTable(boolean everything) {
        this.everything = everything;
    }

    @Override
    public String opening() {
        return "";
    }

    @Override
    public String assessment(Assessment assessment) {
        snapshots++;
        violations += assessment.violations();
        unknowns += assessment.unknowns();
        problems += assessment.problems().size();
        var text = new StringBuilder(assessment.snapshot()).append('\n');
        assessment
                .problems()
                .forEach(problem ->
                        text.append("  problem         ").append(problem).append('\n'));
        assessment.verdicts().entrySet().stream()
                .filter(entry -> everything || needsSomebody(assessment.counts(entry.getKey()), entry.getValue()))
                .sorted((a, b) -> a.getKey().severity().compareTo(b.getKey().severity()))
                .forEach(entry -> {
                    var control = entry.getKey();
                    var verdict = entry.getValue();
                    text.append("  %-15s %-9s %s: %s%n"
                            .formatted(
                                    verdict.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                    control.severity().name().toLowerCase(Locale.ROOT),
                                    control.id(),
                                    verdict.why()));
                    verdict.evidence()
                            .forEach(line ->
                                    text.append(" ".repeat(28)).append(line).append('\n'));
                    if (verdict instanceof Verdict.Violation) {
                        text.append(" ".repeat(28))
                                .append("-> ")
                                .append(control.remedy())
                                .append('\n');
                    }
                });
        return text.toString();
    }

    private static boolean needsSomebody(boolean counts, Verdict verdict) {
        return counts && (verdict instanceof Verdict.Violation || verdict instanceof Verdict.Unknown);
    }

    @Override
    public String closing() {
        return "%d snapshot%s: %d violation%s, %d unknown, %d problem%s%n"
                .formatted(
                        snapshots,
                        plural(snapshots),
                        violations,
                        plural(violations),
                        unknowns,
                        problems,
                        plural(problems));
    }

    private static String plural(long count) {
        return count == 1 ? "" : "s";
    }
}

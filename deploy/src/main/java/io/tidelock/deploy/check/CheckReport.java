package io.tidelock.deploy.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tidelock.deploy.config.Problem;
import io.tidelock.deploy.text.Counted;
import io.tidelock.deploy.text.PlainText;
import java.util.List;

/**
 * All that was found, as a table for people and as JSON for machines.
 *
 * @param problems what is wrong with the configuration file; then nothing else was looked at
 * @param results what was found of everything that it names
 */
public record CheckReport(List<Problem> problems, List<CheckResult> results) {
    public CheckReport {
        problems = List.copyOf(problems);
        results = List.copyOf(results);
    }

    /** Whether nothing is missing. */
    public boolean complete() {
        return problems.isEmpty() && missing() == 0;
    }

    /** Whether all is exactly as it must be, for certain. */
    public boolean exact() {
        return problems.isEmpty() && count(CheckResult.Status.OK) == results.size();
    }

    private long missing() {
        return count(CheckResult.Status.MISSING);
    }

    private long count(CheckResult.Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }

    /** For people: one line each, the remedy below what is missing. */
    public String table() {
        var table = new StringBuilder();
        problems.forEach(problem -> table.append(problem.text()).append('\n'));
        var width = results.stream()
                .mapToInt(result -> result.subject().length())
                .max()
                .orElse(0);
        for (var result : results) {
            table.append("%-8s%s  %s%n"
                    .formatted(
                            result.status().text(),
                            PlainText.line(result.subject())
                                    + " ".repeat(width - result.subject().length()),
                            PlainText.line(result.detail())));
            if (!result.remedy().isEmpty()) {
                table.append(" ".repeat(8 + width + 2))
                        .append("-> ")
                        .append(PlainText.line(result.remedy()))
                        .append('\n');
            }
        }
        return table.append(summary()).append('\n').toString();
    }

    private String summary() {
        if (!problems.isEmpty()) {
            return Counted.of(problems.size(), "problem") + " in the configuration; nothing else was looked at";
        }
        var text = missing() == 0
                ? "%d checked, nothing is missing".formatted(results.size())
                : "%d checked, %d missing".formatted(results.size(), missing());
        var wide = count(CheckResult.Status.TOO_WIDE);
        var unknown = count(CheckResult.Status.UNKNOWN);
        return text + (wide == 0 ? "" : ", " + wide + " too wide") + (unknown == 0 ? "" : ", " + unknown + " unknown");
    }

    /** For machines: {@code complete}, {@code problems} and {@code results}. */
    public String json() {
        var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        var root = mapper.createObjectNode().put("complete", complete());
        root.set("problems", mapper.valueToTree(problems));
        root.set("results", mapper.valueToTree(results));
        try {
            return mapper.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is JSON", e);
        }
    }
}

package io.tidelock.compliance.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.compliance.control.Control;
import io.tidelock.compliance.control.ControlCatalog;
import io.tidelock.compliance.control.Severity;
import io.tidelock.compliance.control.Verdict;
import java.util.List;
import java.util.stream.Stream;

/**
 * SARIF 2.1.0 for code scanning: one rule a control; violations are results of the kind {@code fail}, what could not be
 * decided of the kind {@code review}, and what was not understood of a snapshot is a result of its own.
 */
public final class Sarif implements AssessmentFormat {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String version;
    private boolean first = true;

    /** @param version Tidelock's version */
    public Sarif(String version) {
        this.version = version;
    }

    @Override
    public String opening() {
        var driver = JSON.objectNode().put("name", "Tidelock").put("version", version);
        var rules = driver.putArray("rules");
        ControlCatalog.all().controls().forEach(control -> rules.add(rule(control)));
        return "{\"version\":\"2.1.0\",\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"runs\":[{\"tool\":{\"driver\":"
                + driver + "},\"results\":[";
    }

    private static ObjectNode rule(Control control) {
        var rule = JSON.objectNode().put("id", control.id());
        rule.putObject("shortDescription").put("text", control.title());
        rule.putObject("fullDescription").put("text", control.rationale());
        rule.putObject("help").put("text", control.remedy());
        rule.putObject("defaultConfiguration").put("level", level(control.severity()));
        var tags = rule.putObject("properties").putArray("tags");
        var mappings = control.mappings();
        Stream.of(mappings.prowler(), mappings.securityHub(), mappings.config(), mappings.cis())
                .flatMap(List::stream)
                .forEach(tags::add);
        return rule;
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    @Override
    public String assessment(Assessment assessment) {
        var text = new StringBuilder();
        assessment.verdicts().forEach((control, verdict) -> {
            if (assessment.counts(control)) {
                switch (verdict) {
                    case Verdict.Violation violation ->
                        append(text, result(assessment, control, violation, "fail", level(control.severity())));
                    case Verdict.Unknown unknown ->
                        append(text, result(assessment, control, unknown, "review", "none"));
                    case Verdict.Compliant _, Verdict.NotApplicable _ -> {}
                }
            }
        });
        assessment.problems().forEach(problem -> append(text, problem(assessment, problem)));
        return text.toString();
    }

    private void append(StringBuilder text, ObjectNode result) {
        text.append(first ? "\n" : ",\n").append(result);
        first = false;
    }

    private static ObjectNode result(
            Assessment assessment, Control control, Verdict verdict, String kind, String level) {
        var result =
                JSON.objectNode().put("ruleId", control.id()).put("kind", kind).put("level", level);
        var evidence = verdict.evidence().isEmpty() ? "" : " [" + String.join("; ", verdict.evidence()) + "]";
        result.putObject("message").put("text", verdict.why() + evidence);
        locate(result, assessment);
        return result;
    }

    private static ObjectNode problem(Assessment assessment, String problem) {
        var result = JSON.objectNode()
                .put("ruleId", "snapshot-unreadable")
                .put("kind", "fail")
                .put("level", "error");
        result.putObject("message").put("text", problem);
        locate(result, assessment);
        return result;
    }

    private static void locate(ObjectNode result, Assessment assessment) {
        result.putArray("locations")
                .addObject()
                .putObject("physicalLocation")
                .putObject("artifactLocation")
                .put("uri", assessment.snapshot());
    }

    @Override
    public String closing() {
        return "\n]}]}\n";
    }
}

package io.tidelock.compliance.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * One line a snapshot: <code>{"snapshot", "verdicts": {control: {"verdict", "why", "evidence"}}}</code>, with
 * {@code problems} where something of the snapshot was not understood.
 */
public final class JsonLines implements AssessmentFormat {
    @Override
    public String opening() {
        return "";
    }

    @Override
    public String assessment(Assessment assessment) {
        var line = JsonNodeFactory.instance.objectNode().put("snapshot", assessment.snapshot());
        var verdicts = line.putObject("verdicts");
        assessment.verdicts().forEach((control, verdict) -> {
            var node = verdicts.putObject(control.id())
                    .put("verdict", verdict.name())
                    .put("why", verdict.why());
            var evidence = node.putArray("evidence");
            verdict.evidence().forEach(evidence::add);
        });
        if (!assessment.problems().isEmpty()) {
            var problems = line.putArray("problems");
            assessment.problems().forEach(problems::add);
        }
        return line + "\n";
    }

    @Override
    public String closing() {
        return "";
    }
}

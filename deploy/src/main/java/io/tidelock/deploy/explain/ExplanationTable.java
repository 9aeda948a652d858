package io.tidelock.deploy.explain;

import io.tidelock.deploy.explain.Explanation.Destination;
import io.tidelock.deploy.explain.Explanation.Held;
import io.tidelock.deploy.explain.Explanation.History;
import io.tidelock.deploy.text.PlainText;
import io.tidelock.domain.VersionStack;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.replicator.outcome.Outcome;

/** An explanation for people; nothing of it steers their terminal. */
public final class ExplanationTable {
    private final StringBuilder text = new StringBuilder();

    private ExplanationTable() {}

    public static String of(Explanation explanation) {
        var table = new ExplanationTable();
        table.write(explanation);
        return table.text.toString();
    }

    private void write(Explanation explanation) {
        line(explanation
                .event()
                .map(event -> event.occurrence().name() + " of "
                        + explanation.object()
                        + (event.occurrence().versionId() == null
                                ? ""
                                : ", version " + event.occurrence().versionId()))
                .orElse(explanation.object() + ": the source holds no such version to decide about"));
        line("");
        line("source       " + explanation.object());
        held(explanation.source());
        line("");
        line("rules of " + explanation.object().bucket());
        if (explanation.rules().isEmpty()) {
            line("  none: every event of this bucket ends as skipped (NO_RULE)");
        }
        for (var match : explanation.rules()) {
            line("  %-8s %s: %s"
                    .formatted(match.matches() ? "matches" : "no", match.rule().id(), match.why()));
        }
        explanation.destinations().forEach(this::destination);
        explanation.history().ifPresent(this::history);
    }

    private void destination(Destination destination) {
        line("");
        line("destination  " + destination.replica());
        held(destination.held());
        for (var answer : destination.answers()) {
            var reason = Answers.reason(answer.foreseen());
            line("  rule " + answer.ruleId() + " would " + Answers.action(answer.foreseen())
                    + (reason.isEmpty() ? "" : " (" + reason + ")") + ": " + Answers.because(answer.foreseen()));
            indented(Answers.effect(answer.foreseen()));
            indented(Answers.remedy(answer.foreseen()));
        }
    }

    private void indented(String what) {
        if (!what.isEmpty()) {
            line("    -> " + what);
        }
    }

    private void held(Held held) {
        switch (held) {
            case Held.Unknown(var why) -> line("  unknown: " + why);
            case Held.Stack(var stack) -> {
                if (stack.layers().isEmpty()) {
                    line("  holds nothing");
                }
                stack.layers().forEach(layer -> line("  " + layer(layer)));
            }
        }
    }

    private static String layer(Layer layer) {
        return switch (layer) {
            case VersionStack.Marker marker ->
                "%-34s %s  delete marker".formatted(marker.id().value(), marker.lastModified());
            case VersionStack.DataVersion data ->
                "%-34s %s  %d bytes  %s"
                        .formatted(data.id().value(), data.lastModified(), data.sizeBytes(), data.storageClass());
        };
    }

    private void history(History history) {
        line("");
        line("what was done");
        if (history.problem() != null) {
            line("  unknown: " + history.problem());
        } else if (history.outcomes().isEmpty()) {
            line("  nothing" + (history.complete() ? "" : " lately; older outcomes were not looked at"));
        } else if (!history.complete()) {
            line("  (older outcomes were not looked at)");
        }
        history.outcomes()
                .forEach(outcome -> line("  " + outcome.endedAt() + "  rule "
                        + outcome.operation().id().ruleId() + ": " + words(outcome)));
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Replicated done ->
                "replicated version " + done.source() + " as " + done.replica()
                        + (done.restacked() ? ", restacked" : "");
            case Outcome.DeleteMarkerPropagated done ->
                "propagated the delete marker " + done.source() + " as " + done.replica();
            case Outcome.MetadataSynced done -> "synced the metadata of version " + done.source();
            case Outcome.Skipped skipped -> "skipped (" + skipped.reason() + ")";
            case Outcome.Failed failed ->
                "failed (" + failed.reason() + ")" + (failed.detail() == null ? "" : ": " + failed.detail()) + "; "
                        + failed.reason().remedy();
        };
    }

    private void line(String line) {
        text.append(PlainText.line(line.stripTrailing())).append('\n');
    }
}

package io.tidelock.compliance.report;

import io.tidelock.compliance.control.Control;
import io.tidelock.compliance.control.ControlCatalog;
import io.tidelock.compliance.control.Evidence;
import io.tidelock.compliance.control.Verdict;
import io.tidelock.compliance.snapshot.SnapshotRead;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * What became of one snapshot.
 *
 * @param snapshot how a person finds it again
 * @param verdicts by control, in the order of reports; empty when nothing could be judged
 * @param problems what of the snapshot was not understood
 * @param chosen whether the controls were named one by one, so that elective ones count too
 */
public record Assessment(
        String snapshot, SequencedMap<Control, Verdict> verdicts, List<String> problems, boolean chosen) {
    public Assessment {
        verdicts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(verdicts));
        problems = List.copyOf(problems);
    }

    /**
     * Judges a snapshot.
     *
     * @param controls the controls to ask, or empty for all
     * @param at the moment that the verdicts speak of
     */
    public static Assessment of(SnapshotRead read, List<Control> controls, Instant at) {
        return switch (read) {
            case SnapshotRead.Refused(var name, var reason) ->
                new Assessment(name, new LinkedHashMap<>(), List.of(reason), !controls.isEmpty());
            case SnapshotRead.Assessable(var snapshot, var problems) -> {
                var catalog = ControlCatalog.all();
                var verdicts = new LinkedHashMap<Control, Verdict>();
                catalog.evaluate(Evidence.of(snapshot, at)).forEach((id, verdict) -> {
                    var control = catalog.find(id).orElseThrow();
                    if (controls.isEmpty() || controls.contains(control)) {
                        verdicts.put(control, verdict);
                    }
                });
                yield new Assessment(snapshot.name(), verdicts, problems, !controls.isEmpty());
            }
        };
    }

    /** Whether the verdict on that control counts for the result: elective ones do when they were chosen. */
    public boolean counts(Control control) {
        return chosen || !control.elective();
    }

    /** How many verdicts that count are violations. */
    public long violations() {
        return count(verdict -> verdict instanceof Verdict.Violation);
    }

    /** How many verdicts that count could not be reached. */
    public long unknowns() {
        return count(verdict -> verdict instanceof Verdict.Unknown);
    }

    private long count(Predicate<Verdict> which) {
        return verdicts.entrySet().stream()
                .filter(entry -> counts(entry.getKey()) && which.test(entry.getValue()))
                .count();
    }
}

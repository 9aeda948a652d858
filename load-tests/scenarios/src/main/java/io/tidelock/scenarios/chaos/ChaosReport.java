package io.tidelock.scenarios.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a chaos run ended.
 *
 * @param traffic how long there was traffic
 * @param drain how long after the last fault everything had an outcome
 * @param happened incidents by kind
 * @param struck requests, connections, partitions, processes or servers struck by kind
 * @param accepted operations that were accepted
 * @param byResult outcomes by result and reason
 * @param topics what went through the topics, for people
 * @param redriven failed operations that were told again once all was well
 * @param restacks outcomes that say that the newest was put back on top
 * @param lostAnswers writes that took effect at the destination and were not answered
 * @param problems what should not be; empty when all promises were kept
 * @param judgement what became of every version
 */
record ChaosReport(
        long seed,
        Duration traffic,
        Duration drain,
        Map<FaultKind, Integer> happened,
        Map<FaultKind, Long> struck,
        long accepted,
        Map<String, Long> byResult,
        String topics,
        long redriven,
        long restacks,
        long lostAnswers,
        List<String> problems,
        Judgement judgement) {
    private static final int SHOWN_MAX = 10;

    ChaosReport {
        happened = Map.copyOf(happened);
        struck = Map.copyOf(struck);
        byResult = Map.copyOf(byResult);
        problems = List.copyOf(problems);
    }

    /** All that is wrong, in words. */
    List<String> wrong() {
        var wrong = new ArrayList<>(problems);
        happened.keySet().stream()
                .filter(kind -> struck.getOrDefault(kind, 0L) == 0)
                .sorted()
                .forEach(kind -> wrong.add("no fault of the kind " + kind + " struck anything"));
        shown(wrong, "not as written", judgement.unlike());
        shown(wrong, "lost", judgement.lost());
        shown(wrong, "stale as current", judgement.stale());
        shown(wrong, "diverged", judgement.diverged());
        if (judgement.duplicates() > lostAnswers + restacks) {
            wrong.add(judgement.duplicates() + " duplicates, more than " + lostAnswers + " lost answers and " + restacks
                    + " restacks explain");
        }
        return wrong;
    }

    private static void shown(List<String> into, String what, List<?> found) {
        found.stream().limit(SHOWN_MAX).forEach(one -> into.add(what + ": " + one));
        if (found.size() > SHOWN_MAX) {
            into.add(what + ": " + (found.size() - SHOWN_MAX) + " more");
        }
    }

    /** For people. */
    String text() {
        var text = new StringBuilder();
        text.append("seed %d: %d incidents in %d s of traffic, drained %.1f s after the last%n"
                .formatted(
                        seed,
                        happened.values().stream().mapToInt(Integer::intValue).sum(),
                        traffic.toSeconds(),
                        drain.toMillis() / 1e3));
        new TreeMap<>(happened)
                .forEach((kind, times) -> text.append(
                        "  %-20s %3d times, struck %d%n".formatted(kind, times, struck.getOrDefault(kind, 0L))));
        text.append("%d versions of %d keys, %d operations, %.0f a second; %s%n"
                .formatted(
                        judgement.versions(),
                        judgement.keys(),
                        accepted,
                        accepted * 1e3 / traffic.plus(drain).toMillis(),
                        topics));
        new TreeMap<>(byResult).forEach((result, count) -> text.append("  %-40s %d%n".formatted(result, count)));
        text.append("%d failed operations told again%n".formatted(redriven));
        text.append("lost %d, diverged %d, stale as current %d%n"
                .formatted(
                        judgement.lost().size(),
                        judgement.diverged().size(),
                        judgement.stale().size()));
        text.append("duplicates %d (lost answers %d, restacks %d)%n"
                .formatted(judgement.duplicates(), lostAnswers, restacks));
        wrong().forEach(one -> text.append("WRONG: ").append(one).append(System.lineSeparator()));
        return text.toString();
    }
}

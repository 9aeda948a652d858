package io.tidelock.scenarios.isolation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param rounds what was measured, in order
 * @param written versions at the source
 * @param duplicates versions at destinations that none of the source waited for
 * @param problems what should not be beside slow copies: what did not arrive, and differences between the sides
 */
record IsolationReport(List<Round> rounds, long written, long duplicates, List<String> problems) {
    IsolationReport {
        rounds = List.copyOf(rounds);
        problems = List.copyOf(problems);
    }

    private Map<Strike, Double> medians() {
        var medians = new EnumMap<Strike, Double>(Strike.class);
        for (var strike : Strike.values()) {
            var ofStrike =
                    rounds.stream().filter(round -> round.strike() == strike).toList();
            if (!ofStrike.isEmpty()) {
                medians.put(strike, Round.medianRatio(ofStrike));
            }
        }
        return medians;
    }

    /**
     * What is wrong, in words; empty when nothing is.
     *
     * @param ratioMax how many times as long as before others may take, above 0
     */
    List<String> wrong(double ratioMax) {
        var wrong = new ArrayList<>(problems);
        medians().forEach((strike, ratio) -> {
            if (!(ratio <= ratioMax)) {
                wrong.add(String.format(
                        Locale.ROOT,
                        "while one %s, the others' 99th percentile is %.2f times that of before, more than %.2f",
                        verb(strike),
                        ratio,
                        ratioMax));
            }
        });
        return wrong;
    }

    private static String verb(Strike strike) {
        return switch (strike) {
            case HANGS -> "hangs";
            case SLOW -> "is slow";
            case DOWN -> "is down";
        };
    }

    /** A table for people. */
    String text(double ratioMax) {
        var text = new StringBuilder();
        text.append("Lags of the other two in ms, 99th percentile (median):\n\n");
        text.append("| one | quiet | struck | ratio | draining | missing then | drained in s |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        for (var round : rounds) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.2f | %s | %d | %.1f |%n",
                    verb(round.strike()),
                    round.quiet().text(),
                    round.struck().text(),
                    round.ratio(),
                    round.draining().text(),
                    round.missing(),
                    round.drainSeconds()));
        }
        text.append('\n');
        medians()
                .forEach((strike, ratio) ->
                        text.append(String.format(Locale.ROOT, "one %s: median ratio %.2f%n", verb(strike), ratio)));
        text.append(String.format(
                Locale.ROOT, "%d versions written, %d copies that nobody waited for%n", written, duplicates));
        wrong(ratioMax).forEach(one -> text.append("WRONG: ").append(one).append('\n'));
        return text.toString();
    }

    /** The same for programs: lags in milliseconds. */
    ObjectNode json(ObjectNode into, double ratioMax) {
        var all = into.put("written", written).put("duplicates", duplicates).putArray("rounds");
        for (var round : rounds) {
            var one = all.addObject().put("strike", round.strike().name());
            lags(one.putObject("quiet"), round.quiet());
            lags(one.putObject("struck"), round.struck());
            lags(one.putObject("draining"), round.draining());
            one.put("ratio", round.ratio()).put("missing", round.missing()).put("drainSeconds", round.drainSeconds());
        }
        var medians = into.putObject("medianRatios");
        medians().forEach((strike, ratio) -> medians.put(strike.name(), ratio));
        var wrong = into.putArray("wrong");
        wrong(ratioMax).forEach(wrong::add);
        return into;
    }

    private static void lags(ObjectNode into, Lags lags) {
        into.put("count", lags.count())
                .put("medianMillis", lags.medianMillis())
                .put("p99Millis", lags.p99Millis())
                .put("maxMillis", lags.maxMillis());
    }
}

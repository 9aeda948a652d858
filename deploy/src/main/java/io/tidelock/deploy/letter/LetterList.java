package io.tidelock.deploy.letter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.deploy.text.Counted;
import io.tidelock.deploy.text.PlainText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Dead letters counted by reason, and the newest of those that wait. Not thread-safe. */
public final class LetterList {
    private static final Comparator<Line> OLDEST_FIRST =
            Comparator.comparing(Line::since).thenComparing(Line::id);

    private final int linesMax;
    private final TreeMap<String, Count> reasons = new TreeMap<>();
    private final PriorityQueue<Line> newest = new PriorityQueue<>(OLDEST_FIRST);
    private long waiting;
    private long foreign;

    private record Count(long waiting, long redriven) {}

    private record Line(
            String id,
            Instant since,
            String reason,
            String about,
            String readAt,
            @Nullable String rule) {}

    /** @param linesMax how many are listed at most */
    public LetterList(int linesMax) {
        this.linesMax = linesMax;
    }

    public void add(FoundLetter found) {
        var letter = found.letter();
        var redriven = found.redriven();
        reasons.merge(
                letter.reason(),
                redriven ? new Count(0, 1) : new Count(1, 0),
                (one, other) -> new Count(one.waiting + other.waiting, one.redriven + other.redriven));
        if (redriven) {
            return;
        }
        waiting++;
        newest.add(new Line(
                letter.id(),
                letter.since(),
                letter.reason(),
                LetterSheet.about(found.meaning(), letter.detail()),
                letter.original().position().toString(),
                letter.rule()));
        if (newest.size() > linesMax) {
            newest.remove();
        }
    }

    /** Tells of records in the topic that Tidelock has not written. */
    public void foreign(long records) {
        foreign = records;
    }

    /** How many were not redriven. */
    public long waiting() {
        return waiting;
    }

    private List<Line> lines() {
        var lines = new ArrayList<>(newest);
        lines.sort(OLDEST_FIRST.reversed());
        return lines;
    }

    private static int width(List<Line> lines, Function<Line, String> column, int least) {
        return Math.max(
                least, lines.stream().map(column).mapToInt(String::length).max().orElse(0));
    }

    /** For people. */
    public String table() {
        var text = new StringBuilder();
        reasons.forEach((reason, count) -> text.append("%8d  %s%s%n%s"
                .formatted(
                        count.waiting,
                        PlainText.line(reason),
                        count.redriven == 0 ? "" : " (and " + count.redriven + " redriven)",
                        LetterReasons.remedy(reason)
                                .map("          -> %s%n"::formatted)
                                .orElse(""))));
        text.append("%8d  %s to be redriven%n".formatted(waiting, waiting == 1 ? "waits" : "wait"));
        if (foreign > 0) {
            text.append("%8d  %s of the topic %s of Tidelock%n"
                    .formatted(
                            foreign,
                            Counted.name(foreign, "record"),
                            foreign == 1 ? "is no dead letter" : "are no dead letters"));
        }
        var lines = lines();
        if (!lines.isEmpty()) {
            var row = "%%-%ds %%-%ds %%-%ds %%s%%s%%n"
                    .formatted(
                            width(lines, Line::id, 12),
                            width(lines, line -> line.since.toString(), 25),
                            width(lines, Line::reason, 24));
            text.append(System.lineSeparator()).append(row.formatted("ID", "SINCE", "REASON", "WHAT", ""));
            lines.forEach(line -> text.append(row.formatted(
                    line.id,
                    line.since,
                    PlainText.line(line.reason),
                    PlainText.line(line.about),
                    line.rule == null ? "" : " (rule " + PlainText.line(line.rule) + ")")));
            if (lines.size() < waiting) {
                text.append("and %d older%n".formatted(waiting - lines.size()));
            }
        }
        return text.toString();
    }

    /** For machines: {@code waiting}, {@code foreign}, {@code reasons} and {@code letters}. */
    public ObjectNode json() {
        var root = JsonNodeFactory.instance.objectNode().put("waiting", waiting).put("foreign", foreign);
        var counts = root.putArray("reasons");
        reasons.forEach((reason, count) -> {
            var one = counts.addObject()
                    .put("reason", reason)
                    .put("waiting", count.waiting)
                    .put("redriven", count.redriven);
            LetterReasons.remedy(reason).ifPresent(remedy -> one.put("remedy", remedy));
        });
        var letters = root.putArray("letters");
        lines().forEach(line -> letters.addObject()
                .put("id", line.id)
                .put("since", line.since.toString())
                .put("reason", line.reason)
                .put("about", line.about)
                .put("readAt", line.readAt)
                .put("rule", line.rule));
        return root;
    }
}

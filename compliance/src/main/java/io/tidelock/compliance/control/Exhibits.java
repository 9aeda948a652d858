package io.tidelock.compliance.control;

import java.util.List;
import java.util.stream.Stream;

/** Keeps evidence readable: documents may hold a megabyte in one value. */
final class Exhibits {
    static final int LINES_MAX = 50;
    static final int LINE_LENGTH_MAX = 600;

    private Exhibits() {}

    static List<String> bounded(List<String> lines) {
        var kept = lines.stream().limit(LINES_MAX).map(Exhibits::cut);
        return lines.size() > LINES_MAX
                ? Stream.concat(kept, Stream.of("and " + (lines.size() - LINES_MAX) + " more"))
                        .toList()
                : kept.toList();
    }

    private static String cut(String line) {
        if (line.length() <= LINE_LENGTH_MAX) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LINE_LENGTH_MAX - 1)) ? LINE_LENGTH_MAX - 1 : LINE_LENGTH_MAX;
        return line.substring(0, end) + "…";
    }
}

package io.tidelock.ingest.order;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs of offsets beyond a committed offset whose work is recorded already, as text that fits into the metadata of that
 * committed offset. Numbers are written seven bits a byte: for each run its distance from the end of the one before, and
 * its length.
 */
final class DoneRuns {
    /** No runs: nothing is known beyond the committed offset. */
    static final DoneRuns NONE = new DoneRuns(new TreeMap<>());

    private static final String VERSION = "1:";

    /** First offset to the offset after the last. */
    private final NavigableMap<Long, Long> runs;

    private DoneRuns(NavigableMap<Long, Long> runs) {
        this.runs = runs;
    }

    boolean contains(long offset) {
        var run = runs.floorEntry(offset);
        return run != null && offset < run.getValue();
    }

    /** How many offsets they hold. */
    long count() {
        return runs.entrySet().stream()
                .mapToLong(run -> run.getValue() - run.getKey())
                .sum();
    }

    /** What of the runs lies from an offset on, as first and after-last offsets. */
    List<long[]> beyond(long offset) {
        var rest = new ArrayList<long[]>();
        for (var run : runs.entrySet()) {
            if (run.getValue() > offset) {
                rest.add(new long[] {Math.max(run.getKey(), offset), run.getValue()});
            }
        }
        return rest;
    }

    /** Runs as first and after-last offsets in ascending order, none touching. */
    static String encoded(long committed, List<long[]> runs) {
        if (runs.isEmpty()) {
            return "";
        }
        var bytes = new byte[runs.size() * 20];
        int length = 0;
        long from = committed;
        for (var run : runs) {
            length = putNumber(bytes, length, run[0] - from);
            length = putNumber(bytes, length, run[1] - run[0]);
            from = run[1];
        }
        var used = new byte[length];
        System.arraycopy(bytes, 0, used, 0, length);
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(used);
    }

    private static int putNumber(byte[] bytes, int at, long number) {
        int next = at;
        long rest = number;
        while (rest >= 0x80) {
            bytes[next++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[next++] = (byte) rest;
        return next;
    }

    /** Reads what {@link #encoded} wrote; anything else means that nothing is known. */
    static DoneRuns decoded(long committed, @Nullable String text) {
        if (text == null || !text.startsWith(VERSION)) {
            return NONE;
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.substring(VERSION.length()));
        } catch (IllegalArgumentException e) {
            return NONE;
        }
        var numbers = numbers(bytes);
        if (numbers == null || numbers.size() % 2 != 0) {
            return NONE;
        }
        var runs = new TreeMap<Long, Long>();
        long from = committed;
        for (int i = 0; i < numbers.size(); i += 2) {
            long first = from + numbers.get(i);
            long end = first + numbers.get(i + 1);
            if (first < from || end <= first) {
                return NONE;
            }
            runs.put(first, end);
            from = end;
        }
        return new DoneRuns(runs);
    }

    private static @Nullable List<Long> numbers(byte[] bytes) {
        var numbers = new ArrayList<Long>();
        long number = 0;
        int shift = 0;
        for (byte b : bytes) {
            if (shift > 56) {
                return null;
            }
            number |= (long) (b & 0x7f) << shift;
            shift += 7;
            if (b >= 0) {
                numbers.add(number);
                number = 0;
                shift = 0;
            }
        }
        return shift == 0 ? numbers : null;
    }
}

package io.tidelock.domain;

import java.util.Locale;

/**
 * The order of events within one key of one source, in its comparable form: upper-case hex, leading zero bytes removed,
 * compared as if the shorter were padded with zeros on the right (rule 41). Whoever reads a source that spells it
 * otherwise (rule 45) brings it to this form first. Comparing sequencers of two keys means nothing.
 *
 * <p>The ordering is consistent with equals: trailing zeros are removed as well.
 *
 * @param hex upper-case hex without leading zero bytes and without trailing zeros; may be empty for zero
 */
public record Sequencer(String hex) implements Comparable<Sequencer> {
    private static final int DIGITS_MAX = 64;

    public Sequencer {
        hex = canonical(hex);
    }

    private static String canonical(String hex) {
        if (hex.length() > DIGITS_MAX) {
            throw new IllegalArgumentException(
                    "sequencer must have at most " + DIGITS_MAX + " digits, had " + hex.length());
        }
        for (int i = 0; i < hex.length(); i++) {
            if (Character.digit(hex.charAt(i), 16) < 0 || hex.charAt(i) > 'f') {
                throw new IllegalArgumentException("sequencer must be hexadecimal, was \"" + hex + "\"");
            }
        }
        int from = 0;
        while (from + 2 <= hex.length() && hex.startsWith("00", from)) {
            from += 2;
        }
        int to = hex.length();
        while (to > from && hex.charAt(to - 1) == '0') {
            to--;
        }
        return hex.substring(from, to).toUpperCase(Locale.ROOT);
    }

    @Override
    public int compareTo(Sequencer other) {
        return hex.compareTo(other.hex);
    }
}

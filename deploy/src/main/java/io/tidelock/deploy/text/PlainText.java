package io.tidelock.deploy.text;

import java.util.function.IntPredicate;

/** Keys, versions and details come from outside: as they are shown here, they cannot steer a terminal. */
public final class PlainText {
    private PlainText() {}

    /**
     * As one line: a {@code ?} stands for every character that ends a line, controls a terminal, is not seen or turns the
     * direction of writing.
     */
    public static String line(String text) {
        return replaced(text, PlainText::isPlain);
    }

    /** As {@link #line}, but newlines and tabs stay. */
    public static String lines(String text) {
        return replaced(text, codePoint -> codePoint == '\n' || codePoint == '\t' || isPlain(codePoint));
    }

    private static String replaced(String text, IntPredicate plain) {
        return text.codePoints()
                .map(codePoint -> plain.test(codePoint) ? codePoint : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}

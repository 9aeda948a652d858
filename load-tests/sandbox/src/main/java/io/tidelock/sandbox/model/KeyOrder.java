package io.tidelock.sandbox.model;

import java.util.Comparator;

/** The order of listings: by the bytes of the key in UTF-8 (API: ListObjectsV2), which is not Java's order of strings. */
public final class KeyOrder {
    public static final Comparator<String> UTF8 = KeyOrder::compare;
    /** Sorts after any other character. */
    static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    private KeyOrder() {}

    private static int compare(String left, String right) {
        var common = Math.min(left.length(), right.length());
        for (var i = 0; i < common; i++) {
            var a = left.charAt(i);
            var b = right.charAt(i);
            if (a != b) {
                return Integer.compare(weight(a), weight(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Surrogates stand for characters above all others. */
    private static int weight(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}

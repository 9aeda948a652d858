package io.tidelock.scenarios.traffic;

import java.util.List;

/** Keys that go wrong where somebody encodes, decodes, normalises or trims them once too often. */
final class OddKeys {
    private static final int KEY_BYTES_MAX = 1_024;

    private static final List<String> ODD = List.of(
            "with space",
            "with+plus",
            "with%2Bescape",
            "100%",
            "caf\u00e9 composed",
            "cafe\u0301 decomposed",
            "tide \uD83C\uDF0A wave",
            "/leading slash",
            "dot/../dot/./dot",
            "double//slash///es",
            "trailing space ",
            "trailing slash/",
            "quotes \"'`",
            "<xml>&amp;</xml>",
            "?query=1&other=2#fragment",
            "back\\slash",
            "semi;colon,comma:colon=equals@at",
            "stars *~!()[]{}|^$",
            "\u4E2D\u6587/\u0627\u0644\u0639\u0631\u0628\u064A\u0629");

    private OddKeys() {}

    /** An odd key that no other number gives. */
    static String of(int number) {
        if (number % (ODD.size() + 1) == ODD.size()) {
            var start = "long/" + number + "/";
            return start + "x".repeat(KEY_BYTES_MAX - start.length());
        }
        // In front, so that what is odd about an end stays at the end; a leading slash stays in front.
        var odd = ODD.get(number % (ODD.size() + 1));
        return odd.startsWith("/") ? "/odd " + number + odd : "odd " + number + "/" + odd;
    }
}

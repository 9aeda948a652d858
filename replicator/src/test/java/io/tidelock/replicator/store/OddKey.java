package io.tidelock.replicator.store;

/** Keys that S3 allows and that somebody encodes, decodes, trims, normalises or takes for a path once too often. */
enum OddKey {
    SPACE("a b"),
    LEADING_SPACE(" leading"),
    TRAILING_SPACE("trailing "),
    NOTHING_BUT_SPACE(" "),
    PLUS("a+b"),
    PERCENT("100%"),
    PERCENT_ENCODED_PLUS("a%2Bb"),
    PERCENT_ENCODED_SLASH("a%2fb"),
    COMPOSED("\u00e9"),
    DECOMPOSED("e\u0301"),
    EMOJI("\ud83c\udf0a"),
    CHINESE("\u65e5\u672c/\u8a9e"),
    RIGHT_TO_LEFT("\u202eright"),
    BYTE_ORDER_MARK("\ufeffkey"),
    MARKUP("quote\"'<&>&amp;]]>"),
    QUERY("?versionId=1&x=y#z"),
    PUNCTUATION("~!@$^*(){}[]|;:,=`_-."),
    BACKSLASH("a\\b"),
    DOUBLE_SLASH("a//b"),
    LEADING_SLASH("/leading"),
    TRAILING_SLASH("trailing/"),
    SLASHES_AROUND("//a//"),
    NOTHING_BUT_SLASH("/"),
    NOTHING_BUT_SLASHES("//"),
    DOT("."),
    DOTS(".."),
    DOT_SEGMENT("x/./y"),
    DOTS_SEGMENT("x/../y"),
    LEADING_DOT("./x"),
    LEADING_DOTS("../x"),
    TRAILING_DOTS("x/.."),
    TRAILING_DOT("x."),
    TAB("a\tb"),
    NEWLINE("a\nb"),
    CARRIAGE_RETURN("a\rb"),
    START_OF_HEADING("a\u0001b"),
    ESCAPE("a\u001bb"),
    DELETE("a\u007fb"),
    NEXT_LINE("a\u0085b"),
    NUL("a\u0000b"),
    NO_CHARACTER("a\uffffb"),
    LONG("x".repeat(1_024)),
    LONG_PATH("x".repeat(127).concat("/").repeat(8)),
    LONG_EUROS("\u20ac".repeat(341).concat("x")),
    LONG_EMOJI("\ud83c\udf0a".repeat(256)),
    LONG_PERCENTS("%".repeat(1_024)),
    LONG_SPACES("+ ".repeat(512));

    private final String text;

    OddKey(String text) {
        this.text = text;
    }

    /** The key itself, at most 1,024 bytes of UTF-8. */
    String text() {
        return text;
    }
}

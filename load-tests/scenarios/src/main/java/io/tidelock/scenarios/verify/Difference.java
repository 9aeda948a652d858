package io.tidelock.scenarios.verify;

/**
 * One thing in which the destination is not what it should be.
 *
 * @param key the object key
 * @param kind in what respect
 * @param expected what should be there
 * @param found what is there
 */
public record Difference(String key, Kind kind, String expected, String found) {
    /** In what respect two sides differ. */
    public enum Kind {
        MISSING,
        EXTRA,
        ORDER,
        CURRENT,
        BYTES,
        HEADERS,
        METADATA,
        TAGS,
        ENCRYPTION,
        OWNER,
        STORAGE_CLASS
    }

    @Override
    public String toString() {
        return kind + " of \"" + key + "\": expected " + expected + ", found " + found;
    }
}

package io.tidelock.sandbox.model;

/** What ids of versions look like: opaque, at most 1,024 bytes at S3 and always 32 here (UG: Using versioning in S3 buckets). */
public final class VersionIds {
    static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
    static final int LENGTH = 32;

    private VersionIds() {}

    /** Whether a text can be the id of a version at all. */
    public static boolean wellFormed(String text) {
        return text.equals(Version.NULL_ID)
                || (text.length() == LENGTH && text.chars().allMatch(character -> ALPHABET.indexOf(character) >= 0));
    }
}

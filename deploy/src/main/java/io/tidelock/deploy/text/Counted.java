package io.tidelock.deploy.text;

/** Numbers of things. */
public final class Counted {
    private Counted() {}

    /** Such as {@code 1 upload} and {@code 2 uploads}. */
    public static String of(long count, String thing) {
        return count + " " + name(count, thing);
    }

    /** The thing without its number: {@code upload} of one, {@code uploads} of others. */
    public static String name(long count, String thing) {
        return count == 1 ? thing : thing + "s";
    }
}

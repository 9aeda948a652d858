package io.tidelock.sandbox.shrink;

import java.util.Arrays;

/**
 * What tells failures apart while a history is shrunk: the kind, and the place in our own code where it came up. A message says more than that
 * and is another one for each history.
 *
 * @param kind the throwable's class
 * @param place class and line
 */
public record Failure(String kind, String place) {
    private static final String OURS = "io.tidelock.";

    /** Of that throwable itself, whatever caused it. */
    public static Failure of(Throwable failed) {
        var place = Arrays.stream(failed.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(frame -> frame.getClassName() + ":" + frame.getLineNumber())
                .orElse("elsewhere");
        return new Failure(failed.getClass().getName(), place);
    }
}

package io.tidelock.compliance.policy;

/** Rule P3: a fixed value has no {@code *}, no {@code ?} and no policy variable. */
public final class Fixed {
    private Fixed() {}

    /** Whether {@code value} stands for itself alone. */
    public static boolean isFixed(String value) {
        return !value.isEmpty() && value.indexOf('*') < 0 && value.indexOf('?') < 0 && !value.contains("${");
    }
}

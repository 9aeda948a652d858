package io.tidelock.sandbox.model;

import java.util.regex.Pattern;

/** What a bucket may be called (UG: Bucket naming rules). */
final class BucketNames {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

    private BucketNames() {}

    static void check(String name) {
        if (!ALLOWED.matcher(name).matches()
                || name.contains("..")
                || name.startsWith("xn--")
                || name.endsWith("-s3alias")
                || ADDRESS.matcher(name).matches()) {
            throw new Refusal(ErrorCode.INVALID_BUCKET_NAME).with("BucketName", name);
        }
    }
}

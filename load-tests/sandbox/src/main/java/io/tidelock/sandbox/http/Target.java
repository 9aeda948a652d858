package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a request is about: path style {@code /bucket/key}, or virtual-hosted style {@code bucket.s3.region.localhost} (UG: Virtual hosting of
 * buckets).
 *
 * @param bucket the bucket's name, empty for the service itself
 * @param key the object key, empty for the bucket itself
 * @param query the parameters
 */
record Target(String bucket, String key, Query query) {
    private static final Pattern VIRTUAL_HOST =
            Pattern.compile("(?<bucket>[a-z0-9][a-z0-9.-]+?)(\\.s3([.-][a-z0-9-]+)?)?\\.localhost(:[0-9]+)?");
    private static final Pattern SERVICE_HOST = Pattern.compile("s3([.-][a-z0-9-]+)?\\.localhost(:[0-9]+)?");
    private static final int KEY_BYTES_MAX = 1024;

    static Target parse(String host, String rawPath, String rawQuery) {
        var query = Query.parse(rawQuery);
        var path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
        var virtual = VIRTUAL_HOST.matcher(host);
        if (host.endsWith("localhost") || host.contains("localhost:")) {
            if (!SERVICE_HOST.matcher(host).matches() && virtual.matches()) {
                return new Target(virtual.group("bucket"), key(path), query);
            }
        }
        var slash = path.indexOf('/');
        return slash < 0
                ? new Target(Percent.decode(path, false), "", query)
                : new Target(Percent.decode(path.substring(0, slash), false), key(path.substring(slash + 1)), query);
    }

    private static String key(String raw) {
        var key = Percent.decode(raw, false);
        if (key.length() > KEY_BYTES_MAX / 4 && key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX) {
            throw new Refusal(ErrorCode.KEY_TOO_LONG)
                    .with("Size", Integer.toString(key.getBytes(StandardCharsets.UTF_8).length))
                    .with("MaxSizeAllowed", Integer.toString(KEY_BYTES_MAX));
        }
        return key;
    }
}

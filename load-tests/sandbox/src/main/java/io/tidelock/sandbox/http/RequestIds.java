package io.tidelock.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Ids of requests as S3 shows them: never the same twice, and without order (API: Common response headers). Safe for many threads. */
final class RequestIds {
    private final AtomicLong last;

    RequestIds(long seed) {
        this.last = new AtomicLong(seed);
    }

    /** 16 hexadecimal digits. */
    String next() {
        return String.format(Locale.ROOT, "%016X", mixed(last.addAndGet(0x9E3779B97F4A7C15L)));
    }

    /** The second id that goes with one. */
    static String extended(String requestId) {
        return Base64.getEncoder()
                .encodeToString((requestId + requestId + requestId).getBytes(StandardCharsets.US_ASCII));
    }

    private static long mixed(long value) {
        var once = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        var twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
        return twice ^ (twice >>> 31);
    }
}
